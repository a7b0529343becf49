"""Whether rows differ from those that the model was fitted on, trait by trait."""

from collections import Counter
from typing import Any

import pandas as pd
from scipy import stats

from ml_portfolio.drift import MISSING, Bins, population_stability_index
from ml_portfolio.tables.profile import dates_as_days, distribution

LEVEL = 0.95


def measure_drift(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    """Measure how far each column of `after` is from `before`, the furthest first.

    psi: population stability index. by_chance: what it stays below in all columns of 95 % of such
    samples if nothing changed. ks: of numbers, if both have some, the statistic of Kolmogorov and
    Smirnov, the largest gap between the two shares of values below any value.
    """
    level = LEVEL ** (1 / before.shape[1])  # in each column, since the furthest of all is looked at
    found = []
    for name in before:
        old, new = dates_as_days(before[name]), dates_as_days(after[name])
        known = old.dropna(), new.dropna()
        comparable = pd.api.types.is_numeric_dtype(old) and all(map(len, known))
        expected, actual = count_bins(old, new)
        occurring = {bin for counts in (expected, actual) for bin, rows in counts.items() if rows}
        found.append(
            {
                "trait": str(name),
                "psi": population_stability_index(expected, actual),
                "by_chance": psi_by_chance(len(old), len(new), len(occurring), level),
                "ks": float(stats.ks_2samp(*known).statistic) if comparable else None,
            }
        )
    return sorted(found, key=lambda one: -one["psi"])


def count_bins(before: pd.Series, after: pd.Series) -> tuple[dict[str, float], Counter[str]]:
    """Return how many rows of both are in each bin of `before`."""
    bins = Bins({"missing_share": before.isna().mean(), **distribution(before.dropna())})
    known = after.dropna()
    known = known if pd.api.types.is_numeric_dtype(before) else known.astype(str)
    actual = Counter({MISSING: len(after) - len(known)})
    for value, rows in known.value_counts().items():
        actual[bins.place(value)] += rows
    return {name: share * len(before) for name, share in bins.shares.items()}, actual


def psi_by_chance(before: int, after: int, bins: int, level: float) -> float:
    """Return the index that a share `level` of samples of so many rows stays below by chance.

    It is about (1/n + 1/m) times chi-squared with one degree of freedom less than bins (Yurdakul &
    Naranjo 2020, https://doi.org/10.21314/JRMV.2020.227).
    """
    return float((1 / before + 1 / after) * stats.chi2.ppf(level, max(bins - 1, 1)))
