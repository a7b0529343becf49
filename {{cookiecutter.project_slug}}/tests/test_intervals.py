"""Intervals are as wide as they ought to be, on data whose truth is known."""

import numpy as np
import pytest
from scipy import stats

from your_package.evaluation.intervals import draw_rows, of_mean, span


def test_a_resample_has_as_many_rows_and_keeps_blocks_whole():
    blocks = np.array([2, 0, 0, 1, 2, 2])
    for rows in draw_rows(blocks, seed=0, count=50):
        drawn = np.bincount(rows, minlength=len(blocks))
        for block in range(3):
            assert len(set(drawn[blocks == block])) == 1
    each_alone = draw_rows(np.arange(7), seed=0, count=5)
    assert all(len(rows) == 7 for rows in each_alone)


def test_the_interval_of_a_mean_is_that_of_theory():
    values = np.random.default_rng(0).normal(5, 2, 400)
    found = of_mean(values, np.arange(400), seed=1)
    low, high = stats.t.interval(0.95, 399, values.mean(), stats.sem(values))
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=0.02)


def test_the_truth_is_covered_as_often_as_promised():
    random = np.random.default_rng(0)
    held = 0
    for trial in range(200):
        found = of_mean(random.exponential(1, 100), np.arange(100), seed=trial)
        held += found["low"] <= 1 <= found["high"]
    assert 0.88 <= held / 200 <= 0.98  # 0.95, but for the skew of the values and the 200 trials


def test_a_share_of_all_rows_is_not_known_for_sure():
    """Of 10 of 10 by Wilson's formula: 1 / (1 + 1.96² / 10)."""
    right = np.ones(10, dtype=bool)
    assert of_mean(right, np.arange(10), seed=0) == pytest.approx(
        {"low": 0.7225, "high": 1}, abs=1e-4
    )
    assert of_mean(~right, np.arange(10), seed=0) == pytest.approx(
        {"low": 0, "high": 0.2775}, abs=1e-4
    )
    hits = np.random.default_rng(0).random(2000) < 0.9
    known, drawn = of_mean(hits, np.arange(2000), 0), of_mean(hits * 1.0, np.arange(2000), 0)
    assert known == pytest.approx(drawn, abs=0.002)


def test_rows_that_belong_together_widen_the_interval():
    """Of 20 people with 10 like rows each, 20 rows' worth is known, and not 200."""
    blocks = np.repeat(np.arange(20), 10)
    values = np.random.default_rng(0).normal(size=20)[blocks]
    together, apart = (of_mean(values, b, seed=0) for b in (blocks, np.arange(200)))
    ratio = (together["high"] - together["low"]) / (apart["high"] - apart["low"])
    assert ratio == pytest.approx(np.sqrt(10), rel=0.15)


def test_resamples_without_a_figure_are_left_out():
    assert span(np.array([1.0, np.nan, 1.0])) == {"low": 1, "high": 1}
    assert np.isnan(span(np.array([np.nan]))["low"])
