"""Where the model is weaker: its main metric on groups of the test rows."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ml_portfolio.evaluation.bootstrap import CELLS, percentile_interval, resampled_scores
from ml_portfolio.evaluation.metrics import MIN_ROWS, direction
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import Score

RESAMPLES = 200
QUANTILES = 4  # as many groups are made of a number that has more than MAX_VALUES values
MAX_VALUES = 8


def group(values: pd.Series, quantiles: int = QUANTILES, max_values: int = MAX_VALUES) -> pd.Series:
    """Return the group of each row [n]: its category or number, or the quantile of many numbers."""
    dates = pd.api.types.is_datetime64_any_dtype(values)
    if not (dates or pd.api.types.is_numeric_dtype(values)):
        return values
    if dates or values.nunique() > max_values:
        parts = pd.qcut(values, quantiles, duplicates="drop")
        intervals = list(parts.cat.categories)
        return parts.cat.rename_categories([interval_name(each, intervals) for each in intervals])
    return values.astype("category").cat.rename_categories("{:g}".format)


def interval_name(interval: pd.Interval, intervals: list[pd.Interval]) -> str:
    """Return an interval in words, "over 24 to 49"; the first and the last are open."""
    form = "%Y-%m-%d" if isinstance(interval.left, pd.Timestamp) else ".3g"
    left, right = format(interval.left, form), format(interval.right, form)
    if interval == intervals[0]:
        return f"up to {right}"
    return f"over {left}" + ("" if interval == intervals[-1] else f" to {right}")


def measure_slices(
    test: HeldOut,
    traits: pd.DataFrame,
    metric: str,
    score: Score,
    seed: int,
    simulated_labels: Iterable[np.ndarray] = (),
) -> list[dict[str, Any]]:
    """Measure each group of each trait [n, traits]: the worse ones first.

    `worse`: the entire interval of a slice is on the bad side of the value of all rows and of the
    value `expected` in it, which simulated labels (each [n]) give. Of forty slices that are like
    the rest, one is likely to be called worse. `surely_worse_by`: the distance from the better end
    of the interval, since the worst of many slices is in part the one that was unlucky.
    """
    overall = score(test.y, test.model)[metric]
    slices = [(str(trait), *part) for trait in traits for part in split_rows(traits[trait])]
    rows_of = [rows for _, _, rows in slices]
    labels = np.array(list(simulated_labels))
    expected = overall + expected_gaps(test, rows_of, metric, score, labels)
    sign = direction(metric)
    found = []
    for (trait, name, rows), value in zip(slices, expected, strict=True):
        measured = measure(test, rows, metric, score, seed)
        if np.isnan(measured["value"]):
            continue
        better_end = max(sign * measured["low"], sign * measured["high"])
        gap = max(0.0, float(np.fmin(sign * overall, sign * value) - better_end))
        judged = {"expected": float(value), "worse": gap > 0, "surely_worse_by": gap}
        found.append({"by": trait, "group": name, **measured, **judged})
    return sorted(found, key=lambda one: (not one["worse"], sign * (one["value"] - overall)))


def split_rows(trait: pd.Series) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the name and the row numbers of each group of a trait [n] that is large enough."""
    names = group(trait.reset_index(drop=True))
    for name, rows in names.groupby(names, observed=True).indices.items():
        if len(rows) >= MIN_ROWS:
            yield str(name), rows


def expected_gaps(
    test: HeldOut, slices: list[np.ndarray], metric: str, score: Score, labels: np.ndarray
) -> np.ndarray:
    """Return how far each slice would be from all rows if the probabilities were right [slices].

    Rows that have a feature in common are harder to rank than any rows, so ROC AUC is lower among
    them even where nothing is wrong. A difference is about right for an overconfident model, too.
    labels: simulated [simulations, n]; without any, the result is NaN
    """
    if not len(labels):
        return np.full(len(slices), np.nan)
    scores = [
        simulated_scores(labels[:, rows], test.model[rows], metric, score)
        for rows in (np.arange(len(test.y)), *slices)
    ]
    means = np.ma.masked_invalid(scores).mean(axis=1).filled(np.nan)
    return np.asarray(means[1:] - means[0])


def simulated_scores(
    labels: np.ndarray, probabilities: np.ndarray, metric: str, score: Score
) -> np.ndarray:
    """Return the metric for each simulation of labels [simulations, n].

    Each row is scored once for each class, and counts where a simulation gives it that class.
    """
    rows, classes = probabilities.shape
    y, repeated = np.repeat(np.arange(classes), rows), np.tile(probabilities, (classes, 1))
    some = max(1, CELLS // len(y))
    parts = []
    for start in range(0, len(labels), some):
        weights = np.tile(labels[start : start + some], classes).T == y[:, None]
        parts.append(score(y, repeated, weights=weights.astype("float64"))[metric])
    return np.concatenate(parts)


def measure(
    test: HeldOut, rows: np.ndarray, metric: str, score: Score, seed: int
) -> dict[str, Any]:
    """Return the metric of some rows, by number, with its interval; NaN where it is not defined."""
    y, model = test.y[rows], test.model[rows]
    resampled = resampled_scores(y, model, test.blocks[rows], score, seed, RESAMPLES)
    return {
        "rows": len(rows),
        "value": float(score(y, model)[metric]),
        **percentile_interval(resampled[metric]),
        "baseline": float(score(y, test.baseline[rows])[metric]),
    }
