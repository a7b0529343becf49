import numpy as np
import pytest

from your_package.metrics import score


def test_known_figures():
    scores = score(np.array([1.0, 2.0, 3.0, 6.0]), np.array([1.0, 2.0, 5.0, 2.0]))
    assert scores["mae"] == pytest.approx(6 / 4)
    assert scores["rmse"] == pytest.approx(np.sqrt(20 / 4))
    assert scores["r2"] == pytest.approx(1 - 20 / 14)


def test_the_mean_is_worth_nothing_and_the_truth_everything():
    y = np.array([1.0, 5.0, 6.0])
    assert score(y, np.full(3, y.mean()))["r2"] == pytest.approx(0)
    assert score(y, y) == {"mae": 0, "rmse": 0, "r2": 1}
