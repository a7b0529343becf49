import numpy as np
import pytest

from your_package.checking.quality import METRICS, coverage
from your_package.metrics import score


@pytest.mark.parametrize(("high", "holds"), [(0.86, True), (0.84, False)])
def test_intervals_must_hold_as_often_as_they_promise(high, holds):
    found = {"confidence": 0.9, "coverage": 0.8, "low": 0.75, "high": high}
    assert coverage(0.05, {"conformal": found}, {})[0] is holds


def test_every_metric_is_told_in_words():
    assert set(METRICS) == set(score(np.array([0.0, 1.0]), np.array([0.0, 2.0])))
