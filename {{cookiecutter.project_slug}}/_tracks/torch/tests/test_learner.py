"""The training loop, on a problem whose answer is known."""

import joblib
import numpy as np
import pytest
import torch
from sklearn.base import clone
from torch import nn

from your_package.learner import Learner, batches


class Points:
    """Points in the plane, said to be of unlike lengths."""

    def __init__(self, X):
        self.X = torch.from_numpy(X).float()
        self.lengths = [place % 7 for place in range(len(X))]

    def batch(self, rows, training):
        return self.X[rows]


def small_network(classes):
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, classes))


def learner(**changes):
    settings = {"epochs": 15, "learning_rate": 0.05, "batch_size": 32, "seed": 1}
    return Learner(small_network, Points, **settings | changes)


@pytest.fixture
def rings():
    """Inside a circle or outside it: no line divides the classes."""
    X = np.random.default_rng(0).uniform(-1, 1, (600, 2))
    return X, (np.hypot(*X.T) > 0.7).astype(int)


def test_it_learns_what_no_line_can(rings):
    X, y = rings
    assert (learner().fit(X, y).predict(X) == y).mean() > 0.95


def test_the_seed_decides(rings):
    X, y = rings
    first, again, other = (learner(seed=seed).fit(X, y).predict_proba(X) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_answers_stand_in_the_order_of_the_questions(rings):
    X, y = rings
    model = learner().fit(X, y)
    order = np.random.default_rng(3).permutation(len(X))
    assert np.allclose(model.predict_proba(X)[order], model.predict_proba(X[order]), atol=1e-6)


def test_it_stops_early_and_keeps_the_best_epoch():
    random = np.random.default_rng(0)
    X, y = random.uniform(-1, 1, (200, 2)), random.integers(0, 2, 200)  # nothing to be learnt
    model = learner(epochs=200, patience=2).fit(X, y)
    losses = [epoch["held_out_loss"] for epoch in model.history_]
    assert len(losses) < 200 and len(losses) - 1 - int(np.argmin(losses)) <= 2


def test_it_can_be_cloned_and_stored(rings, tmp_path):
    model = clone(learner()).fit(*rings)
    joblib.dump(model, tmp_path / "model.joblib")
    stored = joblib.load(tmp_path / "model.joblib")
    assert np.array_equal(stored.predict_proba(rings[0]), model.predict_proba(rings[0]))


def test_few_rows_of_many_classes_are_enough():
    y = np.arange(35) % 5
    model = learner(epochs=2).fit(np.random.default_rng(0).uniform(-1, 1, (35, 2)), y)
    assert model.predict_proba(np.zeros((1, 2))).shape == (1, 5)


def test_no_batch_is_of_one_row_and_no_other_is_changed(rings):
    def sizes(count):
        parts = list(batches([0] * count, np.arange(count), 10, np.random.default_rng(0)))
        assert sorted(np.concatenate(parts)) == list(range(count))
        return sorted(map(len, parts))

    assert sizes(21) == [10, 11] and sizes(11) == [11] and sizes(1) == [1]
    assert sizes(20) == [10, 10] and sizes(22) == [2, 10, 10] and sizes(9) == [9]
    X, y = (each[:72] for each in rings)  # of 72 rows 8 are set aside: 64 = 3 · 21 + 1
    network = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    model = Learner(lambda classes: network, Points, 2, 0.05, batch_size=21).fit(X, y)
    assert len(model.history_) == 2


def test_batches_are_of_like_length_and_hold_each_row_once():
    lengths = np.random.default_rng(0).integers(1, 100, 1000)
    parts, other = (
        list(batches(lengths, np.arange(1000), 10, np.random.default_rng(seed))) for seed in (1, 2)
    )
    assert sorted(np.concatenate(parts)) == list(range(1000))
    assert np.mean([np.ptp(lengths[part]) for part in parts]) < 20
    assert not np.array_equal(parts[0], other[0])
