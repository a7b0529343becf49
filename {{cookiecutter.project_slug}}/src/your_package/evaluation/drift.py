"""Whether rows differ from those that the model learnt from, trait by trait."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

BINS = 10
EMPTY = 1e-4  # share of a bin that no row is in, for the logarithm


def measure_drift(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    """How far each column of `after` is from `before`, the furthest first.

    psi: population stability index; by custom, above 0.1 is worth a look and above 0.25 much
    (Siddiqi 2006, Credit Risk Scorecards). ks: of numbers, Kolmogorov & Smirnov's statistic, the
    largest gap between the two shares of values below any value.
    """
    before, after = before.apply(as_numbers), after.apply(as_numbers)
    found = [
        {"trait": str(name), "psi": psi(before[name], after[name]), "ks": ks(before, after, name)}
        for name in before
    ]
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


def psi(before: pd.Series, after: pd.Series) -> float:
    """Sum over bins of (after - before) log(after / before), of the shares of rows in each.

    A number has the deciles of `before` as bins, a category its words; missing is one more.
    """
    if pd.api.types.is_numeric_dtype(before):
        edges = np.unique(np.nanquantile(before, np.linspace(0, 1, BINS + 1)[1:-1]))
        before, after = (
            pd.Series(np.searchsorted(edges, each, side="left")).where(each.notna().to_numpy(), -1)
            for each in (before, after)
        )
    shares = [each.value_counts(normalize=True, dropna=False) for each in (before, after)]
    both = pd.concat(shares, axis=1).fillna(0).clip(lower=EMPTY).to_numpy()
    return float(((both[:, 1] - both[:, 0]) * np.log(both[:, 1] / both[:, 0])).sum())
