"""What is said of a regression whose figures are known."""

from dataclasses import replace

import numpy as np
import pytest

from your_package.metrics import NAMES, score
from your_package.reporting import statements, tables, weaknesses
from your_package.reporting.captions import CAPTIONS
from your_package.reporting.results import Results
from your_package.reporting.wording import meaning, number, remarks, unit

MODEL = {"mae": 38.2, "rmse": 56.7, "r2": 0.776}
KNOWN = Results(
    metrics={
        "metric": "mae",
        "rows": 1748,
        "model": MODEL,
        "baseline": {"mae": 42.0, "rmse": 63.2, "r2": 0.722},
        "over": {"more_than_chance": True},
        "intervals": {
            "level": 0.95,
            "model": dict.fromkeys(MODEL, {"low": 35.7, "high": 41.1}),
            "gain": dict.fromkeys(MODEL, {"value": 3.8, "low": 1.2, "high": 6.4}),
        },
        "candidate": "trees",
        "conformal": {
            "confidence": 0.9,
            "coverage": 0.8,
            "low": 0.78,
            "high": 0.83,
            "width": 112.7,
        },
        "output": {"target": "bikers", "unit": "bikes"},
    },
    diagnosis={
        "slices": [],
        "fairness": [],
        "duplicates": {"test_rows": 0, "share": 0, "without": None},
        "drift": [],
    },
    explanation={},
    profile={"splits": {"train": 9, "test": 3}, "rejected": 0},
    exported={},
    runs=[],
    source={},
    project={},
    title="Title",
    figures={},
    baseline_name="group_mean",
)


def test_the_headline_carries_the_unit():
    assert statements.headline(KNOWN) == (
        "Mean absolute error 38.2 bikes (95 % interval 35.7 to 41.1) on 1,748 test rows that "
        "no candidate learnt from; the baseline (`group_mean`) has 42.0 bikes."
    )


def test_a_smaller_error_is_a_gain():
    assert statements.say_gain(KNOWN) == (
        "That is better than the baseline by 3.80 bikes (95 % interval 1.20 to 6.40)."
    )
    assert KNOWN.worse_by(40.2) == pytest.approx(2) and KNOWN.worse_by(36.2) < 0


def test_the_metrics():
    first, *_ = tables.test_metrics(KNOWN).rows
    assert first == [
        "**mean absolute error**, bikes",
        "38.2",
        "35.7 to 41.1",
        "42.0",
        "3.80 (1.20 to 6.40)",
    ]


def test_bands_that_do_not_hold_are_a_weakness():
    """80 % instead of 90 %: a tenth of the way from the baseline to no error at all."""
    (said,) = remarks(KNOWN)
    assert "113 bikes wide" in said and "80.0 % of the test rows (78.0 % to 83.0 %)" in said
    (found,) = (one for one in weaknesses.find(KNOWN) if one.title == "Coverage")
    assert found.size == pytest.approx(0.1 * 42.0)
    for low, named in ((0.88, False), (0.91, True)):  # of those that are too wide, it is one too
        held = KNOWN.metrics["conformal"] | {"low": low, "high": 0.92}
        known = replace(KNOWN, metrics=KNOWN.metrics | {"conformal": held})
        assert ("Coverage" in [one.title for one in weaknesses.find(known)]) == named


def test_what_the_figures_show():
    assert "off by 38.2 bikes on average and account for 77.6 %" in CAPTIONS["predicted"].says(
        KNOWN
    )
    assert "left of the baseline with 42.0 bikes" in CAPTIONS["errors"].says(KNOWN)


def test_every_metric_has_a_name_and_a_meaning():
    measured = score(np.array([1.0, 2.0]), np.array([1.0, 3.0]))
    assert set(measured) == set(NAMES)
    assert all(meaning(name, KNOWN) for name in measured)
    assert unit("r2", KNOWN) == "" and unit("mae", KNOWN) == "bikes"
    assert number("r2", 0.77625) == "0.776"
