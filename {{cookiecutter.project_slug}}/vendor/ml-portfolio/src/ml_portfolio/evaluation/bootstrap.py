"""How uncertain a figure measured on few rows is: the bootstrap.

Rows are drawn with replacement, as many as there are, a thousand times; the middle 95 % of what is
measured on these resamples is the interval (Efron & Tibshirani 1993, chapter 13). Rows that belong
together are drawn together (block bootstrap), or the interval would be too narrow.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from ml_portfolio.evaluation.metrics import direction
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import Score

LEVEL = 0.95
RESAMPLES = 1000
CELLS = 100_000  # weights in memory at a time: arrays of this size stay in the cache


def draw_weights(blocks: np.ndarray, seed: int, count: int = RESAMPLES) -> Iterator[np.ndarray]:
    """Yield how often each row is in each of `count` resamples, some of them at a time [n, some].

    Rows of one block [n] are drawn together.
    """
    random = np.random.default_rng(seed)
    names, block = np.unique(blocks, return_inverse=True)
    size = len(names)
    some = max(1, CELLS // len(blocks))
    for start in range(0, count, some):
        draws = (random.integers(0, size, size) for _ in range(min(some, count - start)))
        drawn = np.stack([np.bincount(draw, minlength=size) for draw in draws], axis=1)
        yield drawn.astype("float64")[block]


def resampled_scores(
    y: np.ndarray,
    predictions: np.ndarray,
    blocks: np.ndarray,
    score: Score,
    seed: int,
    count: int = RESAMPLES,
) -> dict[str, np.ndarray]:
    """Return each metric of the predictions for y [n] on each resample [count].

    The same seed and blocks give the same resamples, whatever the predictions.
    """
    parts = [score(y, predictions, weights=each) for each in draw_weights(blocks, seed, count)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def score_intervals(test: HeldOut, score: Score, seed: int) -> dict[str, Any]:
    """Return intervals of each metric of the model, and of its gain over the baseline.

    The gain is positive where the model is better, whichever way the metric points. Model and
    baseline are measured on the same resamples: what makes one easy for both does not widen it.
    """
    value, value_of_baseline = score(test.y, test.model), score(test.y, test.baseline)
    model, baseline = (
        resampled_scores(test.y, predictions, test.blocks, score, seed)
        for predictions in (test.model, test.baseline)
    )
    intervals: dict[str, Any] = {"level": LEVEL, "model": {}, "gain": {}}
    for name in value:
        sign = direction(name)
        gain = {"value": float(sign * (value[name] - value_of_baseline[name]))}
        intervals["model"][name] = percentile_interval(model[name])
        intervals["gain"][name] = gain | percentile_interval(sign * (model[name] - baseline[name]))
    return intervals


def percentile_interval(values: np.ndarray) -> dict[str, float]:
    """Return the ends of the middle of values [resamples]; undefined ones are left out."""
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    low, high = pd.Series(values).quantile(ends)
    return {"low": float(low), "high": float(high)}


def mean_interval(values: np.ndarray, blocks: np.ndarray, seed: int) -> dict[str, float]:
    """Return the interval of the mean of values [n].

    Of a share of independent rows it is the score interval (Wilson 1927,
    https://doi.org/10.2307/2276774): for a share of 0 or 1 that of a bootstrap has no width.
    """
    if values.dtype == bool and len(np.unique(blocks)) == len(values):
        share = stats.binomtest(int(values.sum()), len(values))
        return dict(share.proportion_ci(LEVEL, method="wilson")._asdict())
    means = [values @ each / each.sum(axis=0) for each in draw_weights(blocks, seed)]
    return percentile_interval(np.concatenate(means))


def print_scores(results: dict[str, Any]) -> None:
    """Print each metric of model and baseline, and the model's interval.

    results: "rows", "model", "baseline" and "intervals", as in reports/metrics.json
    """
    table = pd.DataFrame(results["intervals"]["model"]).T
    table.insert(0, "model", results["model"])
    table["baseline"] = results["baseline"]
    level = results["intervals"]["level"]
    print(f"{results['rows']:,} test rows; low and high: {level:.0%} interval of the model")
    print(table.to_string(float_format="{:.4g}".format))
