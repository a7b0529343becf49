"""Quality gates, on figures whose verdict is known."""

import pytest
from ml_portfolio.evaluation.metrics import MIN_ROWS
from ml_portfolio.tool.check.gates import (
    GATES,
    LIMITS,
    calibration,
    coverage,
    drift,
    gain,
    judge,
    slice_gap,
)


def part(value, certain=0.0, group="a", expected=None):
    return {"by": "x", "group": group, "rows": 40, "value": value, "low": 0.1, "high": 2.0} | {
        "surely_worse_by": certain,
        "expected": expected,
    }


@pytest.mark.parametrize(("low", "holds"), [(0.21, True), (0.2, True), (0.19, False)])
def test_the_lower_end_of_the_gain_counts(low, holds):
    found = {"value": 0.3, "low": low, "high": 0.4}
    metrics = {"metric": "f1", "intervals": {"level": 0.95, "gain": {"f1": found}}}
    assert gain(0.2, metrics, {})[0] is holds


@pytest.mark.parametrize(
    ("metric", "slices", "holds", "named"),
    [
        ("f1", [part(0.5)], True, "which may be noise"),
        ("f1", [part(0.5, 0.3)], False, "worse by at least 0.3"),
        ("f1", [part(0.3, group="b"), part(0.5, 0.2)], True, "x = a"),
        ("f1", [part(0.3, group="b"), part(0.5)], True, "x = b"),
        ("f1", [part(0.5, expected=0.55)], True, "all rows have 0.9 and 0.55 was expected"),
        ("f1", [part(0.91), part(0.95)], True, "no slice that was measured (2) is worse"),
        ("mae", [part(1.9)], True, "x = a"),
        ("mae", [part(0.1)], True, "no slice that was measured (1)"),
        ("f1", [part(float("nan")), part(0.5, 0.3)], False, "0.5 (0.1 to 2)"),
        ("f1", [], None, f"no slice has {MIN_ROWS} test rows"),
    ],
)
def test_a_slice_is_judged_by_what_is_certain(metric, slices, holds, named):
    diagnosis = {"metric": metric, "overall": 0.9, "slices": slices}
    result, message = slice_gap(0.25, {}, diagnosis)
    assert result is holds and named in message


def test_what_cannot_be_judged_is_no_task():
    diagnosis = {"metric": "f1", "overall": 0.9, "slices": []}
    found = judge("max_slice_gap", 0.25, {}, diagnosis)
    assert found.status == "note" and not found.is_open and not found.advice


@pytest.mark.parametrize(
    ("psi", "chance", "holds", "explained"),
    [(0.24, 0.1, True, False), (0.26, 0.1, False, False), (0.26, 0.3, True, True)],
)
def test_the_largest_shift_counts_if_it_is_above_chance(psi, chance, holds, explained):
    traits = [
        {"trait": "a", "psi": 0.1, "by_chance": 0.1},
        {"trait": "b", "psi": psi, "by_chance": chance},
    ]
    result, message = drift(0.25, {}, {"drift": traits})
    assert result is holds
    assert "b shifts most" in message and ("chance alone explains 0.3" in message) == explained


def test_a_shift_above_chance_is_seen_behind_a_larger_one():
    traits = [
        {"trait": "a", "psi": 2.0, "by_chance": 3.0},
        {"trait": "b", "psi": 0.5, "by_chance": 0.1},
    ]
    result, message = drift(0.25, {}, {"drift": traits})
    assert not result and "b shifts most" in message


@pytest.mark.parametrize(
    ("error", "chance", "holds"), [(0.049, 0.01, True), (0.051, 0.01, False), (0.1, 0.12, True)]
)
def test_probabilities_must_be_calibrated_beyond_chance(error, chance, holds):
    metrics = {"calibration": {"expected_calibration_error": error, "by_chance": chance}}
    result, message = calibration(0.05, metrics, {})
    assert result is holds and ("chance alone explains" in message) == (error > 0.05)


@pytest.mark.parametrize(("high", "holds"), [(0.86, True), (0.84, False)])
def test_intervals_must_cover_as_often_as_they_promise(high, holds):
    found = {"confidence": 0.9, "coverage": 0.8, "low": 0.75, "high": high}
    assert coverage(0.05, {"conformal": found}, {})[0] is holds


def test_where_no_intervals_are_given_none_is_judged():
    found = judge("max_coverage_gap", 0.05, {"conformal": None}, {})
    assert found.status == "note"


def test_each_limit_has_its_gate():
    assert {name for limits in LIMITS.values() for name in limits.model_fields} == set(GATES)
