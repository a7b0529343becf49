"""Quality gates, on figures whose answer is known."""

import pytest

from your_package.checking.gates import drift, gain, slice_gap
from your_package.metrics import LOWER_IS_BETTER

LOWER = sorted(LOWER_IS_BETTER)[0]


def part(value, low, high, group="a"):
    return {"by": "x", "group": group, "rows": 10, "value": value, "low": low, "high": high}


@pytest.mark.parametrize(("low", "holds"), [(0.21, True), (0.2, True), (0.19, False)])
def test_the_whole_interval_of_the_gain_counts(low, holds):
    found = {"value": 0.3, "low": low, "high": 0.4}
    metrics = {"metric": "m", "intervals": {"level": 0.95, "gain": {"m": found}}}
    assert gain(0.2, metrics, {})[0] is holds


@pytest.mark.parametrize(
    ("metric", "slices", "holds"),
    [
        ("m", [part(0.5, 0.2, 0.8)], True),  # few rows: noise may explain it
        ("m", [part(0.5, 0.4, 0.6)], False),
        ("m", [part(0.99, 0.98, 1.0)], True),
        (LOWER, [part(1.9, 1.2, 2.6)], True),
        (LOWER, [part(1.9, 1.7, 2.1)], False),
        (LOWER, [part(0.1, 0.0, 0.2)], True),
        ("m", [part(float("nan"), float("nan"), float("nan"), "b"), part(0.5, 0.4, 0.6)], False),
    ],
)
def test_a_slice_is_judged_by_the_better_end_of_its_interval(metric, slices, holds):
    overall = 0.9 if metric == "m" else 1.0
    diagnosis = {"metric": metric, "overall": overall, "slices": slices}
    result, said = slice_gap(0.25, {}, diagnosis)
    assert result is holds
    assert "x = a" in said


@pytest.mark.parametrize(("psi", "holds"), [(0.24, True), (0.26, False)])
def test_the_largest_shift_counts(psi, holds):
    traits = [{"trait": "a", "psi": 0.1}, {"trait": "b", "psi": psi}]
    result, said = drift(0.25, {}, {"drift": traits})
    assert result is holds
    assert "b shifts most" in said
