"""The columns by which rows are grouped, for slices and drift."""

import pandas as pd

from ml_portfolio.tables.column_types import COLUMN_TYPES
from ml_portfolio.tables.schema import Schema


def traits(rows: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return the features and the target [n, columns]; a text as its number of characters."""
    columns = (*schema.features, schema.target)
    return pd.DataFrame({c.name: COLUMN_TYPES[c.type].trait(rows[c.name]) for c in columns})
