"""What more rows bring, where a share of them is too small to learn from."""

import numpy as np
import pandas as pd
import pytest

from your_package.evaluation.fit import learning_curve
from your_package.evaluation.held_out import HeldOut
from your_package.metrics import score
from your_package.task import logistic_regression, majority


def accuracy(y, probabilities):
    return score(y, probabilities)["accuracy"]


@pytest.mark.parametrize(
    ("candidate", "settings"),
    [(majority, {}), (logistic_regression, {"Cs": [1.0], "cv": 10})],
)
def test_it_is_left_out(candidate, settings):
    y = np.repeat([0, 1, 2], [300, 60, 240])
    X = pd.DataFrame(np.random.default_rng(0).normal(size=(600, 2)) + y[:, None])
    rows = HeldOut(X, y, np.empty(0), np.empty(0), np.arange(600))
    model = candidate(X, 0, **settings).fit(X, y)
    curve = learning_curve(model, rows, rows, [0.005, 0.2, 1.0], accuracy, {})
    assert [point["rows"] for point in curve] == [120, 600]
