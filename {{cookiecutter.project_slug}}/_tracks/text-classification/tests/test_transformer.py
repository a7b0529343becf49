"""The parts of the Transformer, against what is known of them."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from your_package import transformer
from your_package.transformer import MultiHeadAttention, Transformer

SIZES = {"vocabulary": 50, "max_tokens": 16, "layers": 2, "width": 32, "heads": 4, "dropout": 0.0}


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Transformer(2, **SIZES).eval()


def test_attention_is_that_of_torch():
    torch.manual_seed(0)
    query, key, value = torch.randn(3, 2, 4, 7, 8)
    known = torch.rand(2, 1, 1, 7) > 0.3
    known[..., 0] = True
    wanted = scaled_dot_product_attention(query, key, value, attn_mask=known)
    assert torch.allclose(transformer.attend(query, key, value, known), wanted, atol=1e-6)


def test_heads_together_are_those_of_torch():
    torch.manual_seed(0)
    ours, theirs = MultiHeadAttention(32, 4), torch.nn.MultiheadAttention(32, 4, batch_first=True)
    with torch.no_grad():
        parts = (ours.query, ours.key, ours.value)
        theirs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        theirs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        theirs.out_proj.load_state_dict(ours.out.state_dict())
    x, known = torch.randn(2, 7, 32), torch.ones(2, 7, dtype=torch.bool)
    known[1, 4:] = False
    wanted, _ = theirs(x, x, x, key_padding_mask=~known)
    assert torch.allclose(ours(x, known)[known], wanted[known], atol=1e-5)


def test_padding_changes_nothing(network):
    ids = torch.randint(1, 50, (3, 6))
    padded = torch.nn.functional.pad(ids, (0, 5))
    assert torch.allclose(network(ids), network(padded), atol=1e-6)


def test_without_positions_order_is_lost_and_with_them_it_is_not(network):
    ids = torch.arange(1, 9)[None]
    turned = ids.flip(1)
    assert not torch.allclose(network(ids), network(turned), atol=1e-3)
    network.positions.zero_()
    assert torch.allclose(network(ids), network(turned), atol=1e-5)


def test_positions_are_those_of_the_paper():
    table = transformer.positions(50, 32)
    place, pair = 7, 3
    angle = torch.tensor(place / 10_000 ** (2 * pair / 32))
    assert torch.allclose(table[place, 2 * pair], angle.sin(), atol=1e-6)
    assert torch.allclose(table[place, 2 * pair + 1], angle.cos(), atol=1e-6)


def test_a_width_that_heads_cannot_share_is_refused():
    with pytest.raises(ValueError, match="multiple of heads"):
        MultiHeadAttention(30, 4)
