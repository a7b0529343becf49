"""What tells rows apart, for slices and drift: here the columns themselves."""

import json
from typing import Any

import pandas as pd

from .processed import load_rows
from .schema import load_schema


def load_traits(split: str) -> pd.DataFrame:
    """The features and the target of a split as they were read [n, columns]."""
    schema = load_schema()
    return load_rows(split)[[column.name for column in (*schema.features, schema.target)]]


def sensitive_traits() -> list[str]:
    """The columns by which no one should be treated worse: `sensitive: true` in the schema."""
    return [column.name for column in load_schema().features if column.sensitive]


def show(split: str, row: int) -> dict[str, Any]:
    """A row as a client would send it."""
    names = [column.name for column in load_schema().features]
    some = load_rows(split)[names].iloc[[row]].convert_dtypes()  # whole numbers as such
    return json.loads(some.to_json(orient="records"))[0]
