"""Quality gates, on figures whose answer is known."""

import pytest

from your_package.checking.gates import COMMON, drift, gain, one, slice_gap
from your_package.metrics import LOWER_IS_BETTER

LOWER = sorted(LOWER_IS_BETTER)[0]


def part(value, sure=0.0, group="a", expected=None):
    return {"by": "x", "group": group, "rows": 40, "value": value, "low": 0.1, "high": 2.0} | {
        "surely_worse_by": sure,
        "expected": expected,
    }


@pytest.mark.parametrize(("low", "holds"), [(0.21, True), (0.2, True), (0.19, False)])
def test_the_whole_interval_of_the_gain_counts(low, holds):
    found = {"value": 0.3, "low": low, "high": 0.4}
    metrics = {"metric": "m", "intervals": {"level": 0.95, "gain": {"m": found}}}
    assert gain(0.2, metrics, {})[0] is holds


@pytest.mark.parametrize(
    ("metric", "slices", "holds", "named"),
    [
        ("m", [part(0.5)], True, "which may be noise"),
        ("m", [part(0.5, 0.3)], False, "surely worse by 0.3"),
        ("m", [part(0.3, group="b"), part(0.5, 0.2)], True, "x = a"),
        ("m", [part(0.3, group="b"), part(0.5)], True, "x = b"),
        (
            "m",
            [part(0.5, expected=0.55)],
            True,
            "all rows have 0.9 and its own probabilities promise 0.55",
        ),
        ("m", [part(0.91), part(0.95)], True, "no group that could be measured (2) is worse"),
        (LOWER, [part(1.9)], True, "x = a"),
        (LOWER, [part(0.1)], True, "no group that could be measured (1) is worse"),
        ("m", [part(float("nan")), part(0.5, 0.3)], False, "0.5 (0.1 to 2)"),
        ("m", [], None, "no group has 30 test rows"),
    ],
)
def test_a_slice_is_judged_by_what_is_sure(metric, slices, holds, named):
    diagnosis = {"metric": metric, "overall": 0.9, "slices": slices}
    result, said = slice_gap(0.25, {}, diagnosis)
    assert result is holds and named in said


def test_where_nothing_can_be_judged_nothing_is_to_do():
    diagnosis = {"metric": "m", "overall": 0.9, "slices": []}
    found = one("max_slice_gap", 0.25, COMMON["max_slice_gap"], {}, diagnosis)
    assert found.status == "note" and not found.is_open and not found.advice


@pytest.mark.parametrize(
    ("psi", "chance", "holds", "explained"),
    [(0.24, 0.1, True, False), (0.26, 0.1, False, False), (0.26, 0.3, True, True)],
)
def test_the_largest_shift_counts_if_it_is_above_chance(psi, chance, holds, explained):
    traits = [{"trait": "a", "psi": 0.1}, {"trait": "b", "psi": psi, "by_chance": chance}]
    result, said = drift(0.25, {}, {"drift": traits})
    assert result is holds
    assert "b shifts most" in said and ("chance alone explains 0.3" in said) == explained


def test_a_shift_above_chance_is_seen_behind_a_larger_one():
    traits = [
        {"trait": "a", "psi": 2.0, "by_chance": 3.0},
        {"trait": "b", "psi": 0.5, "by_chance": 0.1},
    ]
    result, said = drift(0.25, {}, {"drift": traits})
    assert not result and "b shifts most" in said
