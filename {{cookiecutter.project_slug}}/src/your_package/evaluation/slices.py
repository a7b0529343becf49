"""Where the model is weaker: its quality on parts of the test rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..metrics import LOWER_IS_BETTER
from .held_out import HeldOut
from .intervals import Interval, Scores, draw_rows, span

FEWEST = 30  # rows in a slice that says anything
RESAMPLES = 200
PARTS = 4  # of a number with more different values than can be shown one by one


def group(values: pd.Series, parts: int = PARTS, most: int = 8) -> pd.Series:
    """The group of each row [n]: its word or number, or a quantile of dates or many numbers."""
    dates = pd.api.types.is_datetime64_any_dtype(values)
    if not (dates or pd.api.types.is_numeric_dtype(values)):
        return values
    if dates or values.nunique() > most:
        cut = pd.qcut(values, parts, duplicates="drop")
        return cut.cat.rename_categories([in_words(each, cut) for each in cut.cat.categories])
    return values.astype("category").cat.rename_categories("{:g}".format)


def in_words(part: pd.Interval, cut: pd.Series) -> str:
    first, last = cut.cat.categories[0], cut.cat.categories[-1]
    left, right = (
        f"{end:%Y-%m-%d}" if isinstance(end, pd.Timestamp) else f"{end:.3g}"
        for end in (part.left, part.right)
    )
    if part == first:
        return f"up to {right}"
    return f"over {left}" + ("" if part == last else f" to {right}")


@dataclass(frozen=True)
class Part:
    """A group of test rows."""

    by: str
    group: str
    places: np.ndarray  # of its rows


def measure_slices(
    test: HeldOut,
    groups: pd.DataFrame,
    metric: str,
    scores: Scores,
    seed: int,
    drawn: Iterable[np.ndarray] = (),
) -> list[dict[str, Any]]:
    """Measure each group of each column of `groups` [n, columns]: the worse ones, then the rest.

    `worse`: the slice's whole interval is on the bad side of the figure of all rows, and of what is
    `expected` there, which the classes `drawn` from the model's probabilities (each [n]) tell. Of
    forty slices no different from the rest, one is likely to be called so. `surely_worse_by`: how
    far the better end of the interval is from the nearer of the two, for the worst of many groups
    is in part the one that was unlucky.
    """
    whole = scores(test.y, test.model)[metric]
    parts = [part for by in groups for part in cut(groups[by])]
    expected = whole + expect(test, parts, metric, scores, drawn)
    found = []
    for part, due in zip(parts, expected, strict=True):
        measured = measure(test, part.places, metric, scores, seed)
        if measured is not None:
            judged = judge(measured, whole, due, metric)
            found.append({"by": part.by, "group": part.group, **measured, **judged})
    sign = 1 if metric in LOWER_IS_BETTER else -1
    return sorted(found, key=lambda one: (not one["worse"], sign * (whole - one["value"])))


def cut(values: pd.Series) -> Iterator[Part]:
    """The groups of a column [n] that are large enough."""
    names = group(values.reset_index(drop=True))
    for name, places in names.groupby(names, observed=True).indices.items():
        if len(places) >= FEWEST:
            yield Part(str(values.name), str(name), places)


def expect(
    test: HeldOut, parts: list[Part], metric: str, scores: Scores, drawn: Iterable[np.ndarray]
) -> np.ndarray:
    """How far from all rows each part [parts] would be if the model's probabilities held.

    Rows that have a feature in common are harder to rank than any rows, so ROC AUC is lower among
    them even where nothing is wrong. As a difference it is about right for a model, too, that is
    too sure of all its answers. Not a number where nothing is drawn.
    """

    def score_of(y: np.ndarray, rows: np.ndarray) -> float:
        return scores(y[rows], test.model[rows])[metric]

    everything = np.arange(len(test.y))
    table = [
        [score_of(y, everything), *(score_of(y, part.places) for part in parts)] for y in drawn
    ]
    if not table:
        return np.full(len(parts), np.nan)
    whole, *each = np.ma.masked_invalid(table).mean(axis=0).filled(np.nan)
    return np.array(each) - whole


def measure(
    test: HeldOut, places: np.ndarray, metric: str, scores: Scores, seed: int
) -> dict[str, float] | None:
    """Measure the rows at some places; None where the metric is not defined."""
    y, model, blocks = test.y[places], test.model[places], test.blocks[places]
    value = scores(y, model)[metric]
    if np.isnan(value):
        return None
    draws = draw_rows(blocks, seed, RESAMPLES)
    return {
        "rows": len(places),
        "value": value,
        **span(np.array([scores(y[rows], model[rows])[metric] for rows in draws])),
        "baseline": scores(y, test.baseline[places])[metric],
    }


def judge(ends: Interval, whole: float, expected: float, metric: str) -> dict[str, Any]:
    """Whether an interval is worse than all rows and, where that is a number, than expected."""
    sign, best = (1, "low") if metric in LOWER_IS_BETTER else (-1, "high")
    sure = max(0.0, float(sign * ends[best] - np.fmax(sign * whole, sign * expected)))
    return {"expected": float(expected), "worse": sure > 0, "surely_worse_by": sure}
