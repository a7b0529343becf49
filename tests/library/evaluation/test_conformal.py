import numpy as np
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.evaluation.conformal import (
    calibrate_intervals,
    calibrate_label_sets,
    conformal_quantile,
    find_level_ends,
    interval_coverage,
    label_set_coverage,
)


def test_the_correction_for_finite_data():
    errors = np.arange(1.0, 100)[::-1]  # 99 of them: (99 + 1) * 0.9 = the 90th smallest
    assert conformal_quantile(errors, 0.9) == 90


def test_too_few_rows_are_named():
    assert conformal_quantile(np.arange(9.0), 0.9) == 8
    with pytest.raises(UserError, match="needs more than the 8 rows"):
        conformal_quantile(np.arange(8.0), 0.9)


def test_a_new_error_is_below_as_often_as_promised():
    random = np.random.default_rng(0)
    below = [
        random.gamma(1) <= conformal_quantile(random.gamma(1, 1, 40), 0.8) for _ in range(4000)
    ]
    assert np.mean(below) == pytest.approx(33 / 41, abs=0.02)  # the 33rd of 40, exactly


@pytest.mark.parametrize("classes", [2, 5])
def test_label_sets_cover_as_asked(classes):
    random = np.random.default_rng(0)

    def draw(rows):
        y = random.integers(0, classes, rows)
        shares = random.dirichlet(np.ones(classes), rows) + 0.3 * np.eye(classes)[y]
        return y, shares / shares.sum(axis=1, keepdims=True)

    decision = calibrate_label_sets(*draw(4000), 0.9)
    assert decision["confidence"] == 0.9
    least = decision["min_probability"]
    found = label_set_coverage(*draw(20_000), least, 0.9, np.arange(20_000), seed=0)
    assert found["coverage"] == pytest.approx(0.9, abs=0.02)
    assert found["low"] < found["coverage"] < found["high"]
    assert 1 <= found["size"] < classes


RANDOM = np.random.default_rng(0)


def draw(rows, low=1, high=100):
    """Actual values and predicted ones, which grow with their error."""
    values = RANDOM.uniform(low, high, rows)
    return values + RANDOM.normal(0, values / 10), values


def test_intervals_cover_as_asked_at_every_level():
    decision = calibrate_intervals(*draw(4000), 0.9)
    assert decision["half_widths"][-1] > 3 * decision["half_widths"][0]
    found = interval_coverage(*draw(20_000), decision, np.arange(20_000), seed=0)
    assert found["coverage"] == pytest.approx(0.9, abs=0.015)
    assert found["confidence"] == 0.9 and found["width"] > 0
    for low in range(1, 100, 20):
        part = interval_coverage(*draw(4000, low, low + 20), decision, np.arange(4000), seed=0)
        assert part["coverage"] == pytest.approx(0.9, abs=0.06)


def test_levels_have_enough_rows():
    assert find_level_ends(np.arange(60.0)) == []
    assert len(find_level_ends(np.arange(1000.0))) == 9
    mostly_zero = np.array([0.0] * 590 + list(range(1, 411)))
    ends = np.array(find_level_ends(mostly_zero))
    sizes = np.bincount(np.searchsorted(ends, mostly_zero))
    assert len(ends) > 1 and sizes.min() >= 50
