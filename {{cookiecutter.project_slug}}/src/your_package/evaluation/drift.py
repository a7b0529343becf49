"""Whether rows differ from those that the model learnt from, trait by trait."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

BINS = 10
LEVEL = 0.95
ADDED = 0.5  # rows to each bin, or the logarithm of an empty one would outweigh all others


def measure_drift(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    """How far each column of `after` is from `before`, the furthest first.

    psi: population stability index; by custom, above 0.1 is worth a look and above 0.25 much
    (Siddiqi 2006, Credit Risk Scorecards). by_chance: what it stays below, in all columns of 95 %
    of such samples, where nothing changed. ks: of numbers, Kolmogorov & Smirnov's statistic, the
    largest gap between the two shares of values below any value.
    """
    before, after = before.apply(as_numbers), after.apply(as_numbers)
    level = LEVEL ** (1 / before.shape[1])  # in each, for the furthest of all is looked at
    found = []
    for name in before:
        rows = count(before[name], after[name])
        sizes = {"psi": psi(rows), "by_chance": by_chance(rows, level)}
        found.append({"trait": str(name), **sizes, "ks": ks(before, after, name)})
    return sorted(found, key=lambda one: -one["psi"])


def as_numbers(values: pd.Series) -> pd.Series:
    """Dates as numbers, for both have an order; words as they are."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        return values
    return values.astype("int64").where(values.notna())


def ks(before: pd.DataFrame, after: pd.DataFrame, name: str) -> float | None:
    if not pd.api.types.is_numeric_dtype(before[name]):
        return None
    known = before[name].dropna(), after[name].dropna()
    return float(stats.ks_2samp(*known).statistic) if all(map(len, known)) else None


def count(before: pd.Series, after: pd.Series) -> np.ndarray:
    """How many rows of both are in each bin [bins, 2].

    A number has the deciles of `before` as bins, a category its words; missing is one more.
    """
    if pd.api.types.is_numeric_dtype(before):
        edges = np.unique(np.nanquantile(before, np.linspace(0, 1, BINS + 1)[1:-1]))
        before, after = (
            pd.Series(np.searchsorted(edges, each, side="left")).where(each.notna().to_numpy(), -1)
            for each in (before, after)
        )
    counts = [each.value_counts(dropna=False) for each in (before, after)]
    return pd.concat(counts, axis=1).fillna(0).to_numpy()


def psi(rows: np.ndarray) -> float:
    """Sum over bins of (after - before) log(after / before), of the shares of rows [bins, 2]."""
    before, after = ((rows + ADDED) / (rows + ADDED).sum(axis=0)).T
    return float(((after - before) * np.log(after / before)).sum())


def by_chance(rows: np.ndarray, level: float) -> float:
    """The index that a share `level` of samples stays below if nothing changed, rows [bins, 2].

    It is about (1/n + 1/m) times chi-squared with a degree of freedom for each bin but one
    (Yurdakul & Naranjo 2020, https://doi.org/10.21314/JRMV.2020.227).
    """
    return float((1 / rows.sum(axis=0)).sum() * stats.chi2.ppf(level, max(len(rows) - 1, 1)))
