"""Rows of a split as arrays."""

import math

import numpy as np
import pandas as pd

from ml_portfolio.tables.column_types import known_or_none
from ml_portfolio.tables.request import TableInput
from ml_portfolio.tables.splits import SplitKind


def features(rows: pd.DataFrame, inputs: TableInput) -> pd.DataFrame:
    """Return X, what a model sees: float32, and words with none missing [n, parts of all columns].

    The server encodes a request with the same `array`, so that the two cannot differ. A date or a
    text is several columns, named "feature: part"; X.attrs["features"] has each column's feature.
    """
    names, parts, owners = [], [], []
    for column in inputs.columns:
        array = column.array(known_or_none(rows[column.name]))
        names += [f"{column.name}: {part}" if part else column.name for part in column.parts]
        parts += [pd.Series(part, rows.index, dtype=array.dtype) for part in array.T]
        owners += [column.name] * len(column.parts)
    X = pd.DataFrame(dict(enumerate(parts))).set_axis(names, axis=1)
    X.attrs["features"] = owners
    return X


def blocks(rows: pd.DataFrame, kind: SplitKind, key: str) -> np.ndarray:
    """Return which rows belong together [n], as they must be resampled: a group, or a period.

    Time is cut into about as many blocks as each has rows (block bootstrap: Künsch 1989,
    https://doi.org/10.1214/aos/1176347265). Otherwise each row is a block of its own.
    """
    if kind == "group":
        return np.asarray(pd.factorize(rows[key])[0])
    if kind == "time":
        ranks = rows[key].rank(method="first")
        return np.asarray(ranks, dtype=int) // math.isqrt(len(rows))
    return np.arange(len(rows))
