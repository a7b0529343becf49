"""What documents state about a classifier whose numbers are known."""

from dataclasses import replace

import numpy as np
import pytest
from ml_portfolio.evaluation.metrics import METRICS
from ml_portfolio.evaluation.scores import classification_scores
from ml_portfolio.reports import tables
from ml_portfolio.reports.results import Words

MANY = {"task": "classification", "target": "kind", "labels": ["a", "b", "c"]}


def with_metrics(results, **changed):
    return replace(results, metrics=results.metrics | changed)


def test_the_headline_is_in_words(classifier, say):
    assert say("sentences.headline", classifier) == (
        "The model ranks rows of `high` above rows of `low` in 93 % of pairs (ROC AUC 0.929, 95 % "
        "interval 0.922 to 0.936), measured on 6,513 test rows that no candidate was trained on."
    )


def test_the_headline_may_be_the_owners(classifier, say):
    headline = "It finds the richer {low}-{value} of times"
    words = Words(example="person", examples="people", headline=headline)
    assert say("sentences.headline", replace(classifier, words=words)) == (
        "It finds the richer 92 %-93 % of times (ROC AUC 0.929, 95 % interval 0.922 to 0.936), "
        "measured on 6,513 test people that no candidate was trained on."
    )


@pytest.mark.parametrize(
    ("metric", "value", "claim"),
    [
        ("accuracy", 0.886, "The model predicts the right class for 88.6 % of rows"),
        ("precision", 0.75, "Of the rows that the model predicts as `high`, 75.0 % are"),
        ("recall", 0.625, "The model finds 62.5 % of the rows that are `high`"),
        (
            "roc_auc",
            0.9934,
            "The model ranks rows of `high` above rows of `low` in 99.3 % of pairs",
        ),
        ("f1", 0.5, "The F1 of the model is 0.500"),
        ("own_metric", 0.5, "The own metric of the model is 0.500"),
    ],
)
def test_each_metric_is_claimed_in_words(classifier, say, metric, value, claim):
    known = with_metrics(classifier, metric=metric, model={metric: value})
    assert say("sentences.claim", known) == claim


@pytest.mark.parametrize("metric", ["accuracy", "precision", "recall", "roc_auc", "f1"])
def test_the_claim_for_many_classes_names_none(classifier, say, metric):
    known = with_metrics(classifier, metric=metric, model={metric: 0.5}, output=MANY)
    assert "`" not in say("sentences.claim", known)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.01, 0.03, "has 0.500: the model is better by 0.020 (95 % interval 0.010 to 0.030)."),
        (-0.01, 0.05, "a gain of 0.020 (95 % interval −0.010 to 0.050), which may be chance."),
        (-0.05, -0.01, "the model is worse by 0.020 (95 % interval −0.050 to −0.010). Do not use"),
    ],
)
def test_the_gain_over_the_baseline(classifier, say, low, high, text):
    gain = {"value": 0.02 if high > 0 else -0.02, "low": low, "high": high}
    intervals = classifier.metrics["intervals"] | {"gain": {"roc_auc": gain}}
    assert text in say("sentences.gain", with_metrics(classifier, intervals=intervals))


def test_the_gain_over_the_simplest_model(classifier, say):
    assert say("sentences.gain_over_the_simplest", classifier) == (
        "The simplest candidate above the baseline, `line`, has 0.900 in 5-fold cross-validation, "
        "and the model 0.920: a gain of 0.020."
    )
    only = replace(classifier, runs=[classifier.runs[0], classifier.runs[2]])
    assert say("sentences.gain_over_the_simplest", only) == (
        "No candidate above the baseline is simpler."
    )


def test_the_choice(classifier, say):
    assert say("sentences.choice", classifier) == (
        "`forest` was chosen: its ROC AUC is the best in 5-fold cross-validation (0.920). The next "
        "simpler one, `line`, has 0.900: the difference of 0.020 is more than chance explains "
        "(corrected resampled t-test, p = 0.01)."
    )
    choice = classifier.metrics["choice"]
    compared = choice["compared_with"] | {"significant": False}
    best = {"candidate": "network", "mean": 0.93}
    other = choice | {"folds": 1, "best": best, "compared_with": compared}
    text = say("sentences.choice", with_metrics(classifier, choice=other))
    assert "on the validation split): it is the simplest candidate within 1 standard" in text
    assert "error of the best, `network` (0.930)" in text and "may be chance" in text


def test_the_candidates(classifier):
    table = tables.candidates(classifier)
    assert table.rows[0] == ["majority", "baseline", "0.500", "12.3", "1.00"]
    assert table.rows[2] == ["forest", "chosen", "0.920 ± 0.004", "12.3", "1.00"]
    assert table.highlighted == 2 and "ROC AUC" in table.head[2]


def test_the_metrics(classifier):
    table = tables.metrics(classifier)
    assert table.rows[-1] == [
        "ROC AUC", "0.929", "0.922 to 0.936", "0.500", "0.429 (0.422 to 0.436)",
    ]  # fmt: skip
    assert table.highlighted == len(table.rows) - 1


def test_groups_of_sensitive_columns(classifier):
    rates = {"selection_rate": {"x": 0.2, "y": 0.4}, "false_positive_rate": {"x": 0.1}}
    diagnosis = classifier.diagnosis | {"fairness": [{"column": "sex", **rates}]}
    table = tables.fairness(replace(classifier, diagnosis=diagnosis))
    assert ["".join(cell) for cell in table.head] == [
        "group", "predicted as high", "wrongly predicted as high",
    ]  # fmt: skip
    assert [["".join(cell) for cell in row] for row in table.rows] == [
        ["sex is x", "20.0 %", "10.0 %"], ["sex is y", "40.0 %", "–"],
    ]  # fmt: skip


def test_the_threshold_and_its_costs(classifier, say):
    text = say("sentences.threshold", classifier)
    assert "The decision threshold is 0.41: `high` is predicted if" in text
    assert "costs of 1 for a wrong `high` and 3 for a missed one" in text
    assert "is 0.200 (0.250 with a threshold of 0.50, 0.700 with the baseline)" in text


def test_what_the_confusion_matrix_shows(classifier, say):
    assert say("figures.caption", classifier, "confusion_matrix") == (
        "Of the rows that are `high`, the model finds 62.5 %; of those that it predicts as `high`, "
        "75.0 % are."
    )


@pytest.mark.parametrize(("group", "end"), [("b", "class is `b`."), ("dark", "on the diagonal.")])
def test_what_the_confusion_matrix_of_many_classes_shows(classifier, say, group, end):
    part = {"by": "kind", "group": group, "rows": 50, "value": 0.5, "worse": True}
    diagnosis = classifier.diagnosis | {"slices": [part]}
    many = replace(with_metrics(classifier, output=MANY), diagnosis=diagnosis)
    text = say("figures.caption", many, "confusion_matrix")
    assert text.startswith("The correct predictions, 87.0 %, are") and text.endswith(end)


@pytest.mark.parametrize(
    ("error", "chance", "text"),
    [
        (0.02, 0.01, "close to the diagonal: off by 2.0 percentage points"),
        (0.2, 0.25, "which is no more than chance explains in 6,513 rows"),
        (0.2, 0.1, "where chance explains 10.0 percentage points"),
    ],
)
def test_what_the_reliability_diagram_shows(classifier, say, error, chance, text):
    calibration = {"expected_calibration_error": error, "by_chance": chance}
    known = with_metrics(classifier, calibration=calibration)
    assert text in say("figures.caption", known, "reliability")


def test_every_metric_is_explained(classifier, say):
    measured = classification_scores(np.array([0, 1]), np.array([[0.9, 0.1], [0.2, 0.8]]))
    assert set(measured) <= set(METRICS)
    for output in (classifier.metrics["output"], MANY):
        known = with_metrics(classifier, output=output)
        for name in measured:
            text = say("sentences.metric", known, name)
            assert text.endswith(".") and "{" not in text, name
    assert "row of `high` gets" in say("sentences.metric", classifier, "roc_auc")
    assert say("sentences.metric", classifier, "own_metric") == ""


def test_a_metric_that_is_not_defined_is_no_number(classifier):
    assert classifier.number(float("nan")) == classifier.number(None) == "–"


def test_the_most_influential_word(classifier, say):
    words = [{"word": "good", "effect": 0.1}, {"word": "bad", "effect": 0.4}]
    example = {"truth": "low", "predicted": "high", "probability": 0.9, "words": words}
    known = replace(classifier, explanation=classifier.explanation | {"examples": [example]})
    assert say("figures.caption", known, "words") == (
        "The most influential word here is `bad`: without it, the probability of `high` falls by "
        "40.0 percentage points, although the text is `low`."
    )
    assert say("figures.caption", classifier, "words") == "It is simple."


def test_the_important_features(classifier, say):
    features = [
        {"feature": name, "value": value, "spread": 0.01}
        for name, value in (("age", 0.08), ("job", 0.06), ("sex", 0.001))
    ]
    known = replace(classifier, explanation=classifier.explanation | {"features": features})
    assert say("figures.caption", known, "feature_importance") == (
        "`age` matters most: shuffled among the test rows, it makes ROC AUC worse by 0.080. Next "
        "are `job` (0.060) and `sex` (0.001). Shuffling 1 of the 3 features makes no measurable "
        "difference."
    )
