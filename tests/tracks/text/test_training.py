"""The training loop, on a problem whose answer is known."""

import joblib
import numpy as np
import pytest
import torch
from sklearn.base import clone
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from text_classification.training import NetworkClassifier, batches
from torch import nn


class Points:
    """Points in the plane, of different lengths as far as batches are concerned."""

    def __init__(self, X):
        self.X = torch.from_numpy(X).float()
        self.lengths = [place % 7 for place in range(len(X))]

    def batch(self, rows, training):
        return self.X[rows]


def small_network(classes):
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, classes))


def classifier(**changes):
    settings = {"epochs": 15, "learning_rate": 0.05, "batch_size": 32, "seed": 1}
    return NetworkClassifier(small_network, Points, **settings | changes)


@pytest.fixture
def rings():
    """Inside a circle or outside of it: no line separates the classes."""
    X = np.random.default_rng(0).uniform(-1, 1, (600, 2))
    return X, (np.hypot(*X.T) > 0.7).astype(int)


def test_it_learns_what_no_line_can_separate(rings):
    X, y = rings
    assert (classifier().fit(X, y).predict(X) == y).mean() > 0.95


def test_the_seed_decides(rings):
    X, y = rings
    first, again, other = (classifier(seed=seed).fit(X, y).predict_proba(X) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_answers_are_in_the_order_of_the_inputs(rings):
    X, y = rings
    model = classifier().fit(X, y)
    order = np.random.default_rng(3).permutation(len(X))
    assert np.allclose(model.predict_proba(X)[order], model.predict_proba(X[order]), atol=1e-6)


def test_it_stops_early_and_keeps_the_best_epoch():
    random = np.random.default_rng(0)
    X, y = random.uniform(-1, 1, (200, 2)), random.integers(0, 2, 200)  # nothing can be learned
    model = classifier(epochs=200, patience=2).fit(X, y)
    losses = [epoch["held_out_loss"] for epoch in model.history_]
    assert len(losses) < 200 and len(losses) - 1 - int(np.argmin(losses)) <= 2
    _, held_out = train_test_split(np.arange(200), test_size=20, stratify=y, random_state=1)
    assert log_loss(y[held_out], model.predict_proba(X[held_out])) == pytest.approx(min(losses))


def test_frozen_weights_stay_as_they_are(rings):
    X, y = rings
    network = small_network(2)
    network[0].requires_grad_(False)
    before = network[0].weight.clone()
    NetworkClassifier(lambda classes: network, Points, 2, 0.05, weight_decay=0.5).fit(X, y)
    assert torch.equal(network[0].weight, before)


def test_it_can_be_cloned_and_stored(rings, tmp_path):
    model = clone(classifier()).fit(*rings)
    joblib.dump(model, tmp_path / "model.joblib")
    stored = joblib.load(tmp_path / "model.joblib")
    assert np.array_equal(stored.predict_proba(rings[0]), model.predict_proba(rings[0]))


def test_few_rows_of_many_classes_are_enough():
    y = np.arange(35) % 5
    model = classifier(epochs=2).fit(np.random.default_rng(0).uniform(-1, 1, (35, 2)), y)
    assert model.predict_proba(np.zeros((1, 2))).shape == (1, 5)


def test_no_batch_has_a_single_row(rings):
    def sizes(count):
        parts = list(batches([0] * count, np.arange(count), 10, np.random.default_rng(0)))
        assert sorted(np.concatenate(parts)) == list(range(count))
        return sorted(map(len, parts))

    assert sizes(21) == [7, 7, 7] and sizes(11) == [5, 6] and sizes(1) == [1]
    assert sizes(20) == [10, 10] and sizes(9) == [9]
    X, y = (each[:72] for each in rings)  # of 72 rows 8 are held out: 64 = 3 · 21 + 1
    network = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    model = NetworkClassifier(lambda classes: network, Points, 2, 0.05, batch_size=21).fit(X, y)
    assert len(model.history_) == 2


def test_batches_are_of_similar_length_and_hold_each_row_once():
    lengths = np.random.default_rng(0).integers(1, 100, 1000)
    parts, other = (
        list(batches(lengths, np.arange(1000), 10, np.random.default_rng(seed))) for seed in (1, 2)
    )
    assert sorted(np.concatenate(parts)) == list(range(1000))
    assert np.mean([np.ptp(lengths[part]) for part in parts]) < 20
    assert not np.array_equal(parts[0], other[0])
