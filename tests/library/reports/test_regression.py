"""What documents state about a regression whose numbers are known."""

from dataclasses import replace

import numpy as np
import pytest
from ml_portfolio.evaluation.scores import regression_scores
from ml_portfolio.reports import tables


def test_the_headline_carries_the_unit(regression, say):
    assert say("sentences.headline", regression) == (
        "The model is off by 38.2 bikes on average (mean absolute error, 95 % interval 35.7 to "
        "41.1), measured on 1,748 test rows that no candidate was trained on."
    )


@pytest.mark.parametrize(
    ("metric", "claim"),
    [
        ("rmse", "The model is typically off by 56.7 bikes"),
        ("r2", "The model explains 77.6 % of the variance of `bikers`"),
    ],
)
def test_each_metric_is_claimed_in_words(regression, say, metric, claim):
    known = replace(regression, metrics=regression.metrics | {"metric": metric})
    assert say("sentences.claim", known) == claim


def test_a_smaller_error_is_a_gain(regression, say):
    text = say("sentences.gain", regression)
    assert "the model is better by 3.80 bikes (95 % interval 1.20 to 6.40)." in text
    assert say("sentences.gain_over_the_simplest", regression).endswith("a gain of 26.6 bikes.")
    assert regression.worse_by(40.2) == pytest.approx(2) and regression.worse_by(36.2) < 0


def test_the_metrics(regression):
    table = tables.metrics(regression)
    assert table.rows[0] == [
        "mean absolute error, bikes", "38.2", "35.7 to 41.1", "42.0", "3.80 (1.20 to 6.40)",
    ]  # fmt: skip
    assert table.rows[2][0] == "R²" and table.rows[2][1] == "0.776"


def test_the_coverage_of_the_intervals(regression, say):
    text = say("sentences.conformal", regression)
    assert "an interval, 113 bikes wide on average" in text
    assert "for 80.0 % of the test rows (95 % interval 78.0 % to 83.0 %)" in text


def test_what_the_figures_show(regression, say):
    assert "off by 38.2 bikes on average and explain 77.6 %" in say(
        "figures.caption", regression, "predicted"
    )
    assert "left of the baseline with 42.0 bikes" in say("figures.caption", regression, "errors")


def test_the_splits(regression):
    table = tables.splits(regression)
    assert table.rows[1] == ["mean of bikers", "135", "–", "–"]


def test_the_largest_errors(regression):
    mistake = {"row": 3, "truth": 12.0, "predicted": 1234.5, "error": 1222.5, "request": {"hr": 8}}
    diagnosis = regression.diagnosis | {"mistakes": [mistake]}
    table = tables.mistakes(replace(regression, diagnosis=diagnosis))
    assert table.title == "The largest errors"
    assert table.rows == [["3", "12", "1,234", "1,222 bikes", ("hr: ", "8")]]


def test_every_metric_is_explained(regression, say):
    for name in regression_scores(np.array([1.0, 2.0]), np.array([1.0, 3.0])):
        assert say("sentences.metric", regression, name).endswith("."), name
    assert regression.unit("r2") == "" and regression.unit("mae") == "bikes"
