"""How far a figure of the test split might be from the truth: the bootstrap.

The rows are drawn anew, as often as there are rows, a thousand times, and the middle 95 % of what
is then measured is the interval (Efron & Tibshirani 1993, chapter 13). Rows that belong together, a
person's or neighbours in time, are drawn together, or the interval would come out too narrow.
"""

from collections.abc import Callable, Iterator
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from ..metrics import LOWER_IS_BETTER
from .held_out import HeldOut

LEVEL = 0.95
RESAMPLES = 1000
Scores = Callable[[np.ndarray, np.ndarray], dict[str, float]]
Interval = dict[str, float]


def draw_rows(blocks: np.ndarray, seed: int, count: int = RESAMPLES) -> Iterator[np.ndarray]:
    """Yield the numbers of the rows of each resample; rows of one block [n] are drawn together."""
    random = np.random.default_rng(seed)
    order = np.argsort(blocks, kind="stable")
    _, starts, sizes = np.unique(blocks[order], return_index=True, return_counts=True)
    for _ in range(count):
        drawn = random.integers(0, len(starts), len(starts))
        before = np.cumsum(sizes[drawn]) - sizes[drawn]  # rows in the blocks drawn earlier
        shift = np.repeat(starts[drawn] - before, sizes[drawn])
        yield order[shift + np.arange(len(shift))]


def span(values: np.ndarray, level: float = LEVEL) -> Interval:
    """The ends of the middle of resampled values [resamples], those that are no number left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return {"low": float("nan"), "high": float("nan")}
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return {"low": float(low), "high": float(high)}


def of_mean(values: np.ndarray, blocks: np.ndarray, seed: int) -> Interval:
    """The interval of the mean of a value a row [n]; of a share of independent rows, Wilson's."""
    if values.dtype == bool and len(np.unique(blocks)) == len(values):
        return of_share(float(values.mean()), len(values))
    return span(np.array([values[rows].mean() for rows in draw_rows(blocks, seed)]))


def of_share(share: float, rows: int) -> Interval:
    """The score interval of a share of rows (Wilson 1927, https://doi.org/10.2307/2276774).

    Of a share of 1 or 0 the bootstrap draws nothing else, and its interval has no width.
    """
    squared = NormalDist().inv_cdf((1 + LEVEL) / 2) ** 2
    middle = share + squared / (2 * rows)
    reach = sqrt(squared * share * (1 - share) / rows + (squared / (2 * rows)) ** 2)
    low, high = ((middle + end) / (1 + squared / rows) for end in (-reach, reach))
    return {"low": max(low, 0.0), "high": min(high, 1.0)}


def of_scores(test: HeldOut, scores: Scores, seed: int) -> dict[str, Any]:
    """Intervals of each metric of the model, and of what it gains over the baseline.

    The gain is positive where the model is better, whichever way the metric points. Both are
    measured on the same resamples, so what makes a resample easy for both does not widen it.
    """
    everything = np.arange(len(test.y))
    measured = [
        (scores(test.y[rows], test.model[rows]), scores(test.y[rows], test.baseline[rows]))
        for rows in (everything, *draw_rows(test.blocks, seed))
    ]
    found: dict[str, Any] = {"level": LEVEL, "model": {}, "gain": {}}
    for name in measured[0][0]:
        sign = -1 if name in LOWER_IS_BETTER else 1
        model, baseline = np.transpose([[both[0][name], both[1][name]] for both in measured])
        gain = sign * (model - baseline)  # the first of each is that of all rows as they are
        found["model"][name] = span(model[1:])
        found["gain"][name] = {"value": float(gain[0])} | span(gain[1:])
    return found


def print_table(account: dict[str, Any]) -> None:
    """Show each metric of model and baseline, and the model's interval."""
    level = f"{account['intervals']['level']:.0%} interval"
    head = f"On {account['rows']:,} test rows:".ljust(26)
    print(head, "model".rjust(10), level.rjust(22), "baseline".rjust(11))
    for name, value in account["model"].items():
        ends = account["intervals"]["model"][name]
        between = f"{ends['low']:.4f} to {ends['high']:.4f}"
        baseline = f"{account['baseline'][name]:11.4f}"
        print(f"  {name}".ljust(26), f"{value:10.4f}", between.rjust(22), baseline)
