"""A summary of a table, with which a reader, and later a drift check, compares other data."""

from typing import Any

import numpy as np
import pandas as pd

from ml_portfolio.drift import number_bins
from ml_portfolio.tables.column_types import COLUMN_TYPES
from ml_portfolio.tables.schema import Column, Schema


def profile(rows: pd.DataFrame, schema: Schema) -> dict[str, Any]:
    """Return counts, shares of missing values, and the distribution of each feature and target."""
    columns = [*schema.features, schema.target]
    return {
        "rows": len(rows),
        "duplicates": int(rows.duplicated().sum()),
        "columns": {column.name: describe_column(rows[column.name], column) for column in columns},
    }


def describe_column(values: pd.Series, column: Column) -> dict[str, Any]:
    """Return a number's moments and deciles, or a category's counts, most frequent first.

    A date is described in days since 1970, a text by its number of characters.
    """
    known = values.dropna()
    facts: dict[str, Any] = {
        "type": column.type,
        "missing_share": round(1 - len(known) / max(len(values), 1), 6),
        "distinct": int(known.nunique()),
    }
    known = COLUMN_TYPES[column.type].trait(known)
    return facts | distribution(dates_as_days(known))


def distribution(known: pd.Series) -> dict[str, Any]:
    """Return how values are distributed, none of them missing: moments and bins, or counts."""
    if not pd.api.types.is_numeric_dtype(known):
        return {"counts": count_values(known)}
    return {} if known.empty else describe_numbers(known.to_numpy(dtype="float64"))


def dates_as_days(values: pd.Series) -> pd.Series:
    """Return dates [n] in days since 1970, and all else as it is."""
    if not pd.api.types.is_datetime64_any_dtype(values):
        return values
    return (values - pd.Timestamp(0, tz=values.dt.tz)) / pd.Timedelta(days=1)


def count_values(values: pd.Series) -> dict[str, int]:
    """Return how often each value occurs, the most frequent first."""
    return {str(value): int(count) for value, count in values.value_counts().items()}


def describe_numbers(values: np.ndarray) -> dict[str, Any]:
    """Return the mean, the standard deviation, and the bins by which drift is measured."""
    return {"mean": float(values.mean()), "std": float(values.std()), **number_bins(values)}
