"""Where the model is weaker: its quality on parts of the test rows."""

from typing import Any

import numpy as np
import pandas as pd

from ..metrics import LOWER_IS_BETTER
from .held_out import HeldOut
from .intervals import Scores, draw_rows, span

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


def measure_slices(
    test: HeldOut, groups: pd.DataFrame, metric: str, scores: Scores, seed: int
) -> list[dict[str, Any]]:
    """Measure each group of each column of `groups` [n, columns]: the worse ones, then the rest.

    `worse`: the slice's whole interval is on the bad side of the figure of all rows. Of twenty
    slices no different from the rest, one is likely to be called so.
    """
    whole = scores(test.y, test.model)[metric]
    found = []
    for by in groups:
        names = group(groups[by].reset_index(drop=True))
        for name, places in names.groupby(names, observed=True).groups.items():
            measured = measure(test, np.asarray(places), metric, scores, whole, seed)
            if measured is not None:
                found.append({"by": str(by), "group": str(name), **measured})
    sign = 1 if metric in LOWER_IS_BETTER else -1
    return sorted(found, key=lambda one: (not one["worse"], sign * (whole - one["value"])))


def measure(
    test: HeldOut, places: np.ndarray, metric: str, scores: Scores, whole: float, seed: int
) -> dict[str, Any] | None:
    """Measure the rows at some places; None where they are too few or the metric is not defined."""
    if len(places) < FEWEST:
        return None
    y, model, blocks = test.y[places], test.model[places], test.blocks[places]
    value = scores(y, model)[metric]
    if np.isnan(value):
        return None
    draws = draw_rows(blocks, seed, RESAMPLES)
    ends = span(np.array([scores(y[rows], model[rows])[metric] for rows in draws]))
    lower = metric in LOWER_IS_BETTER
    return {
        "rows": len(places),
        "value": value,
        **ends,
        "baseline": scores(y, test.baseline[places])[metric],
        "worse": ends["low"] > whole if lower else ends["high"] < whole,
    }
