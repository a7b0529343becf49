"""What tells rows apart, for slices and drift: here the columns themselves."""

from typing import Any

import pandas as pd

from .kinds import KINDS, as_requests
from .processed import load_rows
from .schema import load_schema


def load_traits(split: str) -> pd.DataFrame:
    """The features and the target of a split [n, columns]; of a text its number of characters."""
    schema, rows = load_schema(), load_rows(split)
    columns = (*schema.features, schema.target)
    return pd.DataFrame({c.name: KINDS[c.type].trait(rows[c.name]) for c in columns})


def sensitive_traits() -> list[str]:
    """The columns by which no one should be treated worse: `sensitive: true` in the schema."""
    return [column.name for column in load_schema().features if column.sensitive]


def show(split: str, row: int) -> dict[str, Any]:
    """A row as a client would send it."""
    return as_requests(load_rows(split).iloc[[row]], load_schema())[0]
