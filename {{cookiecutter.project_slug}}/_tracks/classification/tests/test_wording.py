"""What is said of a classifier whose figures are known."""

from dataclasses import replace

import pytest

from your_package.metrics import NAMES, score
from your_package.reporting import statements, tables, weaknesses
from your_package.reporting.captions import CAPTIONS
from your_package.reporting.results import Results
from your_package.reporting.wording import doubts, meaning, number, remarks

MODEL = {"accuracy": 0.87, "precision": 0.75, "recall": 0.625, "roc_auc": 0.9291}
ENDS = {"low": 0.922, "high": 0.936}
SURE = {"more_than_chance": True}
KNOWN = Results(
    metrics={
        "candidate": "forest",
        "metric": "roc_auc",
        "rows": 6513,
        "model": MODEL,
        "baseline": dict.fromkeys(MODEL, 0.5),
        "best": {"candidate": "forest", "mean": 0.92},
        "over": {"candidate": "line", "mean": 0.9, "p_value": 0.01, "test": "t-test"},
        "said": "Chosen: forest (roc_auc 0.92), over line.",
        "intervals": {
            "level": 0.95,
            "model": dict.fromkeys(MODEL, ENDS),
            "gain": dict.fromkeys(MODEL, {"value": 0.4291, "low": 0.422, "high": 0.436}),
        },
        "calibration": {"expected_calibration_error": 0.012, "by_chance": 0.01},
        "threshold": {
            "value": 0.41,
            "false_positive_cost": 1,
            "false_negative_cost": 3,
            "cost": 0.2,
            "cost_at_half": 0.25,
            "cost_of_baseline": 0.7,
        },
        "conformal": {"confidence": 0.9, "coverage": 0.91, "low": 0.9, "high": 0.92, "size": 1.2},
        "output": {"target": "income", "labels": ["low", "high"]},
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
    runs=[
        {
            "candidate": "majority",
            "chosen": "False",
            "roc_auc_mean": "0.5",
            "roc_auc_std": "",
            "fit_seconds": "0.01",
            "megabytes": "0.1",
        },
        {
            "candidate": "forest",
            "chosen": "True",
            "roc_auc_mean": "0.92",
            "roc_auc_std": "0.004",
            "fit_seconds": "12.34",
            "megabytes": "1",
        },
    ],
    source={},
    project={},
    title="Title",
    figures={},
    baseline_name="majority",
)


def test_the_headline():
    assert statements.headline(KNOWN) == (
        "ROC AUC 0.929 (95 % interval 0.922 to 0.936) on 6,513 test rows that no candidate learnt "
        "from; the baseline (`majority`) has 0.500."
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.01, 0.03, "That is better than the baseline by 0.020 (95 % interval 0.010 to 0.030)."),
        (-0.01, 0.05, "Whether that is better than the baseline cannot be told"),
        (-0.05, -0.01, "That is worse than the baseline by 0.020"),
    ],
)
def test_the_gain(low, high, said):
    gain = {"value": 0.02, "low": low, "high": high}
    intervals = KNOWN.metrics["intervals"] | {"gain": {"roc_auc": gain}}
    results = replace(KNOWN, metrics=KNOWN.metrics | {"intervals": intervals})
    assert statements.say_gain(results).startswith(said)
    assert results.beats_the_baseline == (low > 0)


def test_the_choice_in_words_of_a_reader():
    assert statements.say_choice(KNOWN) == "Chosen: `forest` (ROC AUC 0.92), over `line`."


def test_the_candidates():
    assert tables.candidates(KNOWN).rows == [
        ["`majority`", "0.500", "0.0", "0.10", "baseline"],
        ["**`forest`**", "0.920 ± 0.004", "12.3", "1.00", "chosen"],
    ]


def test_the_metrics():
    (*_, last) = tables.test_metrics(KNOWN).rows
    assert last == ["**ROC AUC**", "0.929", "0.922 to 0.936", "0.500", "0.429 (0.422 to 0.436)"]


def test_the_threshold_and_its_costs():
    said = remarks(KNOWN)[0]
    assert "from a probability of 0.41 on" in said
    assert "1 for a wrong `high` and 3 for a missed one" in said
    assert "0.200 on average (0.250 at 0.5, 0.700 for the baseline)" in said


def test_what_the_confusion_matrix_shows():
    assert CAPTIONS["confusion"].says(KNOWN) == (
        "Of the rows that are `high` the model finds 62.5 %; of those that it calls `high`, 75.0 % "
        "are."
    )


@pytest.mark.parametrize(("group", "said"), [("b", "worst is `b`."), ("dark", "is right.")])
def test_what_the_confusion_matrix_of_many_classes_shows(group, said):
    output = {"target": "kind", "labels": ["a", "b", "c"]}
    part = {"by": "kind", "group": group, "rows": 50, "value": 0.5, "worse": True}
    many = replace(
        KNOWN,
        metrics=KNOWN.metrics | {"output": output},
        diagnosis=KNOWN.diagnosis | {"slices": [part]},
    )
    assert CAPTIONS["confusion"].says(many).startswith("87.0 % of the rows lie on the diagonal")
    assert CAPTIONS["confusion"].says(many).endswith(said)


@pytest.mark.parametrize(("off", "named"), [(0.049, False), (0.2, True)])
def test_bad_probabilities_are_a_weakness(off, named):
    calibration = {"expected_calibration_error": off, "by_chance": 0.01}
    metrics = KNOWN.metrics | {"calibration": calibration}
    assert bool(doubts(replace(KNOWN, metrics=metrics))) == named


@pytest.mark.parametrize(("chance", "named"), [(0.1, True), (0.25, False)])
def test_probabilities_that_chance_puts_so_far_off_are_none(chance, named):
    calibration = {"expected_calibration_error": 0.2, "by_chance": chance}
    known = replace(KNOWN, metrics=KNOWN.metrics | {"calibration": calibration, "over": SURE})
    titles = [one.title for one in weaknesses.find(known)]
    assert ("Calibration" in titles) == named
    said = CAPTIONS["calibration"].says(known)
    assert ("no more than chance explains in 6,513 rows" in said) != named


@pytest.mark.parametrize(("low", "high", "named"), [(0.94, 0.97, False), (0.82, 0.87, True)])
def test_sets_that_hold_more_than_they_promise_are_no_weakness(low, high, named):
    sets = KNOWN.metrics["conformal"] | {"coverage": (low + high) / 2, "low": low, "high": high}
    known = replace(KNOWN, metrics=KNOWN.metrics | {"conformal": sets, "over": SURE})
    assert ("Coverage" in [one.title for one in weaknesses.find(known)]) == named


def test_every_metric_has_a_name_and_a_meaning():
    import numpy as np

    measured = score(np.array([0, 1]), np.array([[0.9, 0.1], [0.2, 0.8]]))
    assert set(measured) == set(NAMES)
    for labels in (["a", "b"], ["a", "b", "c"]):
        output = KNOWN.metrics["output"] | {"labels": labels}
        results = replace(KNOWN, metrics=KNOWN.metrics | {"output": output})
        assert all(meaning(name, results) for name in measured)


def test_a_metric_that_is_not_defined_is_no_number():
    assert number("roc_auc", float("nan")) == number("roc_auc", None) == "–"
