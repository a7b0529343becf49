"""The networks' parts, against PyTorch's own and against the paper."""

import numpy as np
import pytest
import torch
from text_classification import transformer
from text_classification.transformer import FineTuned, MultiHeadAttention, Transformer
from torch.nn.functional import pad, scaled_dot_product_attention

SIZES = {"vocabulary": 50, "max_tokens": 16, "layers": 2, "width": 32, "heads": 4, "dropout": 0.0}


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Transformer(2, **SIZES).eval()


def test_attention_is_that_of_torch():
    torch.manual_seed(0)
    query, key, value = torch.randn(3, 2, 4, 7, 8)
    is_token = torch.rand(2, 1, 1, 7) > 0.3
    is_token[..., 0] = True
    expected = scaled_dot_product_attention(query, key, value, attn_mask=is_token)
    assert torch.allclose(transformer.attention(query, key, value, is_token), expected, atol=1e-6)


def test_several_heads_are_those_of_torch():
    torch.manual_seed(0)
    ours, theirs = MultiHeadAttention(32, 4), torch.nn.MultiheadAttention(32, 4, batch_first=True)
    with torch.no_grad():
        parts = (ours.query, ours.key, ours.value)
        theirs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        theirs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        theirs.out_proj.load_state_dict(ours.out.state_dict())
    x, is_token = torch.randn(2, 7, 32), torch.ones(2, 7, dtype=torch.bool)
    is_token[1, 4:] = False
    expected, _ = theirs(x, x, x, key_padding_mask=~is_token)
    assert torch.allclose(ours(x, is_token)[is_token], expected[is_token], atol=1e-5)


def test_padding_changes_nothing(network):
    ids = torch.randint(1, 50, (3, 6))
    assert torch.allclose(network(ids), network(pad(ids, (0, 5))), atol=1e-6)


def test_without_positions_the_order_is_lost_and_with_them_it_is_not(network):
    ids = torch.arange(1, 9)[None]
    reversed_ids = ids.flip(1)
    assert not torch.allclose(network(ids), network(reversed_ids), atol=1e-3)
    network.positions.zero_()
    assert torch.allclose(network(ids), network(reversed_ids), atol=1e-5)


def test_positions_are_those_of_the_paper():
    table = transformer.positions(50, 32)
    position, pair = 7, 3
    angle = torch.tensor(position / 10_000 ** (2 * pair / 32))
    assert torch.allclose(table[position, 2 * pair], angle.sin(), atol=1e-6)
    assert torch.allclose(table[position, 2 * pair + 1], angle.cos(), atol=1e-6)


def test_a_width_that_heads_cannot_share_is_refused():
    with pytest.raises(ValueError, match="multiple of heads"):
        MultiHeadAttention(30, 4)


def test_only_the_upper_layers_of_an_encoder_are_trained(encoder):
    network = FineTuned(2, encoder, frozen_layers=1, dropout=0.0)
    trained = [name for name, weights in network.named_parameters() if weights.requires_grad]
    upper = ("encoder.encoder.layer.1.", "classify.")
    assert trained and all(name.startswith(upper) for name in trained)
    assert {name.split(".")[0] for name in trained} == {"encoder", "classify"}


def test_padding_changes_nothing_of_an_encoder(encoder):
    network = FineTuned(2, encoder, frozen_layers=1, dropout=0.0).eval()
    ids = torch.randint(1, 100, (3, 6))
    assert torch.allclose(network(ids), network(pad(ids, (0, 5))), atol=1e-5)
    assert np.isfinite(network(ids).detach().numpy()).all()
