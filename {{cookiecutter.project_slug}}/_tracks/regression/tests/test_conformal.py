import numpy as np
import pytest

from your_package.evaluation.conformal import calibrate, covered, cut, describe

RANDOM = np.random.default_rng(0)


def draw(rows):
    """Predicted values, and true ones whose error grows with them."""
    values = RANDOM.uniform(1, 100, rows)
    return values + RANDOM.normal(0, values / 10), values


def test_as_many_are_covered_as_asked_for_at_every_level():
    found = calibrate(*draw(4000), 0.9)
    y, values = draw(20_000)
    held = covered(y, values, found)
    assert held.mean() == pytest.approx(0.9, abs=0.015)
    for low in range(0, 100, 20):
        assert held[(values > low) & (values <= low + 20)].mean() == pytest.approx(0.9, abs=0.06)
    assert found["half_widths"][-1] > 3 * found["half_widths"][0]
    assert describe(values, found)["width"] > 0


def test_levels_have_enough_rows():
    assert cut(np.arange(60.0)) == []
    assert len(cut(np.arange(1000.0))) == 9
    mostly_nothing = np.array([0.0] * 590 + list(range(1, 411)))
    ends = np.array(cut(mostly_nothing))
    sizes = np.bincount(np.searchsorted(ends, mostly_nothing))
    assert len(ends) > 1 and sizes.min() >= 50
