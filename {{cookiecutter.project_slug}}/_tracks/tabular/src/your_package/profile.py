"""A short account of a table: what a reader of the data, and later a drift check, compares with."""

from typing import Any

import numpy as np
import pandas as pd

from .kinds import EPOCH, KINDS
from .schema import Column, Schema

BINS = 10


def profile(rows: pd.DataFrame, schema: Schema) -> dict[str, Any]:
    """Counts, missing shares, and the distribution of each feature and of the target."""
    described = [*schema.features, schema.target]
    return {
        "rows": len(rows),
        "duplicates": int(rows.duplicated().sum()),
        "columns": {column.name: describe(rows[column.name], column) for column in described},
    }


def describe(values: pd.Series, column: Column) -> dict[str, Any]:
    """A number's moments and deciles, or a category's counts, most frequent first.

    A date is told in days since 1970, a text in its characters.
    """
    known = values.dropna()
    account: dict[str, Any] = {
        "type": column.type,
        "missing_share": round(1 - len(known) / max(len(values), 1), 6),
        "distinct": int(known.nunique()),
    }
    known = KINDS[column.type].trait(known)
    if pd.api.types.is_datetime64_any_dtype(known):
        known = (known - EPOCH) / pd.Timedelta(days=1)
    if not pd.api.types.is_numeric_dtype(known):
        return account | {"counts": {str(k): int(n) for k, n in known.value_counts().items()}}
    if known.empty:
        return account
    return account | {
        "mean": float(known.mean()),
        "std": float(known.std(ddof=0)),
        "quantiles": [float(q) for q in np.quantile(known, np.linspace(0, 1, BINS + 1))],
    }
