"""The networks and the training loop, on inputs for which the right result is known."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import pad, scaled_dot_product_attention

from your_package import transformer
from your_package.explain import word_effects
from your_package.training import NetworkClassifier


@pytest.fixture
def network():
    torch.manual_seed(0)
    sizes = {"vocabulary": 50, "max_tokens": 16, "layers": 2, "width": 32, "heads": 4}
    return transformer.Transformer(2, dropout=0.0, **sizes).eval()


def test_attention_is_that_of_torch():
    torch.manual_seed(0)
    query, key, value = torch.randn(3, 2, 4, 7, 8)
    is_token = torch.rand(2, 1, 1, 7) > 0.3
    is_token[..., 0] = True
    expected = scaled_dot_product_attention(query, key, value, attn_mask=is_token)
    assert torch.allclose(transformer.attention(query, key, value, is_token), expected, atol=1e-6)


def test_padding_changes_nothing(network):
    ids = torch.randint(1, 50, (3, 6))
    assert torch.allclose(network(ids), network(pad(ids, (0, 5))), atol=1e-6)


def test_the_order_of_words_counts_because_of_their_positions(network):
    ids = torch.arange(1, 9)[None]
    assert not torch.allclose(network(ids), network(ids.flip(1)), atol=1e-3)
    network.positions.zero_()
    assert torch.allclose(network(ids), network(ids.flip(1)), atol=1e-5)


class Points:
    """Points in the plane, as examples for the training loop."""

    def __init__(self, X):
        self.X = torch.from_numpy(X).float()
        self.lengths = [0] * len(X)

    def batch(self, rows, training):
        return self.X[rows]


def test_the_training_loop_learns_what_no_line_can_separate():
    X = np.random.default_rng(0).uniform(-1, 1, (600, 2))
    y = (np.hypot(*X.T) > 0.7).astype(int)  # inside a circle, or outside

    def layers(classes):
        return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, classes))

    def fit():
        return NetworkClassifier(layers, Points, 15, 0.05, batch_size=32, seed=1).fit(X, y)

    model, again = fit(), fit()
    assert (model.predict(X) == y).mean() > 0.95
    assert np.array_equal(model.predict_proba(X), again.predict_proba(X))
    assert model.history_[-1]["held_out_loss"] < model.history_[0]["held_out_loss"]


def test_the_word_that_decides_is_found():
    class LikesGood:
        def predict_proba(self, X):
            positive = np.array([0.9 if "good" in text.split() else 0.2 for text in X])
            return np.column_stack([1 - positive, positive])

    found = word_effects(LikesGood(), "this is good indeed", 1)
    effects = {one["word"]: round(one["effect"], 6) for one in found}
    assert effects == {"this": 0, "is": 0, "good": 0.7, "indeed": 0}
