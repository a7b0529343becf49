"""Intervals are as wide as they should be, on data whose distribution is known."""

from functools import partial

import numpy as np
import pytest
from ml_portfolio.evaluation.bootstrap import (
    draw_weights,
    mean_interval,
    percentile_interval,
    print_scores,
    resampled_scores,
    score_intervals,
)
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import classification_scores, regression_scores
from scipy import stats


def test_a_resample_has_as_many_rows_and_keeps_blocks_together():
    blocks = np.array([2, 0, 0, 1, 2, 2])
    (weights,) = draw_weights(blocks, seed=0, count=50)
    assert weights.shape == (6, 50)
    for block in range(3):
        assert (np.ptp(weights[blocks == block], axis=0) == 0).all()
    (weights,) = draw_weights(np.arange(7), seed=0, count=5)
    assert (weights.sum(axis=0) == 7).all()


def test_resamples_are_drawn_in_parts_where_rows_are_many():
    parts = list(draw_weights(np.arange(50_000), seed=0, count=9))
    assert [part.shape[1] for part in parts] == [2, 2, 2, 2, 1]
    assert not (parts[0][:, 0] == parts[1][:, 0]).all()


def test_resampled_scores_are_those_of_the_resampled_rows():
    random = np.random.default_rng(0)
    y, blocks = random.integers(0, 2, 300), np.arange(300)
    positive = ((y + random.normal(size=300)) / 6 + 0.4).clip(0, 1).round(2)  # some are equal
    probabilities = np.column_stack([1 - positive, positive])
    score = partial(classification_scores, threshold=0.4)
    found = resampled_scores(y, probabilities, blocks, score, seed=1, count=20)
    (weights,) = draw_weights(blocks, seed=1, count=20)
    for number, weight in enumerate(weights.T):
        rows = np.repeat(np.arange(300), weight.astype(int))
        expected = score(y[rows], probabilities[rows])
        assert {name: values[number] for name, values in found.items()} == pytest.approx(expected)


def test_the_interval_of_a_mean_is_that_of_theory():
    values = np.random.default_rng(0).normal(5, 2, 400)
    found = mean_interval(values, np.arange(400), seed=1)
    low, high = stats.t.interval(0.95, 399, values.mean(), stats.sem(values))
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=0.02)


def test_the_true_mean_is_covered_as_often_as_promised():
    random = np.random.default_rng(0)
    covered = 0
    for trial in range(200):
        found = mean_interval(random.exponential(1, 100), np.arange(100), seed=trial)
        covered += found["low"] <= 1 <= found["high"]
    assert 0.88 <= covered / 200 <= 0.98  # 0.95, but for skewed values and only 200 trials


def test_a_share_of_one_has_an_interval():
    """10 of 10 by Wilson's formula: 1 / (1 + 1.96² / 10)."""
    right = np.ones(10, dtype=bool)
    interval = mean_interval(right, np.arange(10), seed=0)
    assert interval == pytest.approx({"low": 0.7225, "high": 1}, abs=1e-4)
    interval = mean_interval(~right, np.arange(10), seed=0)
    assert interval == pytest.approx({"low": 0, "high": 0.2775}, abs=1e-4)
    hits = np.random.default_rng(0).random(2000) < 0.9
    wilson = mean_interval(hits, np.arange(2000), 0)
    assert wilson == pytest.approx(mean_interval(hits * 1.0, np.arange(2000), 0), abs=0.002)


def test_rows_that_belong_together_widen_the_interval():
    """20 people with 10 equal rows each are worth 20 rows, not 200."""
    blocks = np.repeat(np.arange(20), 10)
    values = np.random.default_rng(0).normal(size=20)[blocks]
    together, apart = (mean_interval(values, b, seed=0) for b in (blocks, np.arange(200)))
    ratio = (together["high"] - together["low"]) / (apart["high"] - apart["low"])
    assert ratio == pytest.approx(np.sqrt(10), rel=0.15)


def test_undefined_values_are_left_out():
    assert percentile_interval(np.array([1.0, np.nan, 1.0])) == {"low": 1, "high": 1}
    assert np.isnan(percentile_interval(np.array([np.nan]))["low"])


def test_a_gain_is_positive_where_a_smaller_error_is_better(capsys):
    random = np.random.default_rng(0)
    y = random.normal(size=500)
    test = HeldOut(y, y + random.normal(0, 0.1, 500), np.zeros(500), np.arange(500))
    intervals = score_intervals(test, regression_scores, seed=0)
    assert intervals["level"] == 0.95
    for name in ("mae", "rmse", "r2"):
        gain = intervals["gain"][name]
        assert 0 < gain["low"] < gain["value"] < gain["high"]
    scores = {name: regression_scores(y, getattr(test, name)) for name in ("model", "baseline")}
    print_scores({"rows": 500, **scores, "intervals": intervals})
    printed = capsys.readouterr().out
    assert printed.startswith("500 test rows; low and high: 95% interval of the model\n")
    assert f"{scores['baseline']['mae']:.4f}" in printed
