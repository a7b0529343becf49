"""Overfitting and underfitting that are planted are found; learning curves."""

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.evaluation.generalization import generalization_gap, learning_curve
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import classification_scores
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegressionCV


def predictions(share_right: float, seed: int) -> HeldOut:
    y = np.arange(600) % 2
    right = np.random.default_rng(seed).uniform(size=600) < share_right
    model = np.eye(2)[np.where(right, y, 1 - y)]
    return HeldOut(y, model, np.tile([0.5, 0.5], (600, 1)), np.arange(600))


@pytest.mark.parametrize(
    ("train", "validation", "verdict"),
    [(0.99, 0.80, "overfitting"), (0.85, 0.84, "none"), (0.52, 0.5, "underfitting")],
)
def test_the_verdict(train, validation, verdict):
    rows = predictions(train, seed=0), predictions(validation, seed=1)
    for metric, sign in (("accuracy", 1), ("brier", -1)):
        found = generalization_gap(*rows, metric, classification_scores, seed=0)
        assert found["verdict"] == verdict
        assert found["gap"] == pytest.approx(sign * (found["train"] - found["validation"]))
        assert 0 < found["noise"] < 0.05


def accuracy(fitted, X, y):
    return float((fitted.predict(X) == y).mean())


@pytest.mark.parametrize("as_table", [True, False])
@pytest.mark.parametrize(
    "model", [DummyClassifier(), LogisticRegressionCV(Cs=[1.0], cv=10, l1_ratios=(0,))]
)
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_share_too_small_for_the_model_is_left_out(model, as_table):
    y = np.repeat([0, 1, 2], [300, 60, 240])
    X = np.random.default_rng(0).normal(size=(600, 2)) + y[:, None]
    X = pd.DataFrame(X) if as_table else X
    model.fit(X, y)
    curve = learning_curve(model, X, y, X, y, [1.0, 0.005, 0.2], accuracy)
    assert [point["rows"] for point in curve] == [120, 600]
    assert curve[1]["train"] == curve[1]["validation"] == accuracy(model, X, y)
