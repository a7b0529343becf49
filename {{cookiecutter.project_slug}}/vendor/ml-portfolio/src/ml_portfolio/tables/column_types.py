"""How a column of each type is checked, read from raw data and sent: one row of a table a type.

`columns.py` says how a model gets its values, in training and in a request alike.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ml_portfolio.tables.columns import WORD, split_words
from ml_portfolio.tables.request import TableInput
from ml_portfolio.tables.schema import MISSING, Column, Schema

MAX_WORDS = 300  # of the training texts, by the number of rows that they occur in
MIN_WORD_ROWS = 3  # in which such a word must occur
MAX_CHARACTERS = 20_000  # of a text

# Which values, as text, are valid; and what is wrong with the others.
Rule = tuple[Callable[[pd.Series], pd.Series], str]


def unchanged(values: pd.Series) -> pd.Series:
    return values


class ColumnType(NamedTuple):
    rules: Callable[[Column], list[Rule]]
    parse: Callable[[pd.Series], pd.Series] = unchanged  # text → values as they are kept
    trait: Callable[[pd.Series], pd.Series] = unchanged  # kept → what slices and drift group by
    to_json: Callable[[Any], Any] = str  # a kept value → as a client sends it
    # What its InputColumn knows of the training data, from the schema and kept values.
    learn: Callable[[Column, pd.Series], dict[str, Any]] = lambda column, values: {}


def as_number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce").astype("float64")


def as_date(text: pd.Series) -> pd.Series:
    """Read ISO 8601 dates, with or without a time of day; without a time zone they are UTC."""
    return pd.to_datetime(text, errors="coerce", format="ISO8601", utc=True)


def number_rules(column: Column) -> list[Rule]:
    low = -np.inf if column.min is None else column.min
    high = np.inf if column.max is None else column.max
    beyond = f"is not from {low:g} to {high:g}"
    rules: list[Rule] = [
        (lambda text: np.isfinite(as_number(text)), "is not a number"),
        (lambda text: ~((as_number(text) < low) | (as_number(text) > high)), beyond),
    ]
    if column.type == "integer":
        rules.append((lambda text: ~(as_number(text) % 1 > 0), "is not a whole number"))
    return rules


def word_rules(column: Column) -> list[Rule]:
    """Categories are listed in the schema; the names of groups cannot be."""
    listed = column.categories
    return [(lambda text: text.isin(listed), "is not one of the categories")] if listed else []


def boolean_rules(column: Column) -> list[Rule]:
    return [(lambda text: text.str.lower().isin(column.classes), "is not true or false")]


def date_rules(column: Column) -> list[Rule]:
    return [(lambda text: as_date(text).notna(), "is not a date like 2026-12-31")]


def text_rules(column: Column) -> list[Rule]:
    problem = f"is longer than {MAX_CHARACTERS:,} characters"
    return [(lambda text: text.str.len() <= MAX_CHARACTERS, problem)]


def learn_range(column: Column, values: pd.Series) -> dict[str, Any]:
    return {"min": column.min, "max": column.max}


def learn_order(column: Column, values: pd.Series) -> dict[str, Any]:
    return {"categories": list(column.categories)}


def learn_categories(column: Column, values: pd.Series) -> dict[str, Any]:
    seen = set(values)
    return {"categories": [w for w in column.categories if w in seen], "missing": MISSING}


def learn_time(column: Column, values: pd.Series) -> dict[str, Any]:
    known = values.dropna()
    return {"time": bool((known != known.dt.normalize()).any())}


def learn_words(column: Column, values: pd.Series) -> dict[str, Any]:
    """Return the words of the most rows, the most frequent first; at least one, if only "" ."""
    rows = Counter(word for text in values.dropna() for word in set(split_words(text)))
    frequent = sorted(rows, key=lambda word: (-rows[word], word))[:MAX_WORDS]
    words = [word for word in frequent if rows[word] >= MIN_WORD_ROWS] or [""]
    return {"word": WORD, "words": words, "longest": MAX_CHARACTERS}


def lower(text: pd.Series) -> pd.Series:
    return text.str.lower()


def length(text: pd.Series) -> pd.Series:
    return text.str.len().astype("float64")


def date_to_json(value: pd.Timestamp) -> str:
    return str(value.isoformat())[:19].removesuffix("T00:00:00")


COLUMN_TYPES = {
    "number": ColumnType(number_rules, as_number, to_json=float, learn=learn_range),
    "integer": ColumnType(number_rules, as_number, to_json=int, learn=learn_range),
    "category": ColumnType(word_rules, learn=learn_categories),
    "ordinal": ColumnType(word_rules, learn=learn_order),
    "boolean": ColumnType(boolean_rules, lower, to_json="true".__eq__),
    "date": ColumnType(date_rules, as_date, to_json=date_to_json, learn=learn_time),
    "text": ColumnType(text_rules, trait=length, learn=learn_words),
}


def learn_inputs(schema: Schema, train: pd.DataFrame) -> TableInput:
    """Return what a request must hold, from the schema and from the values in training rows."""
    columns = [
        {
            "name": column.name,
            "tensor": f"c{position}",
            "type": column.type,
            "required": not column.nullable,
            "description": column.description,
            **COLUMN_TYPES[column.type].learn(column, train[column.name]),
        }
        for position, column in enumerate(schema.features)
    ]
    return TableInput.model_validate({"columns": columns})


def known_or_none(values: pd.Series) -> Any:
    """Return kept values as `InputColumn.array` takes them: None for a missing word."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_localize(None).to_numpy("datetime64[s]")
    return values.astype(object).where(values.notna(), None).tolist()


def as_requests(rows: pd.DataFrame, schema: Schema) -> list[dict[str, Any]]:
    """Return rows as a client would send them, None where a value is missing."""
    columns = {
        column.name: [
            None if pd.isna(value) else COLUMN_TYPES[column.type].to_json(value)
            for value in rows[column.name]
        ]
        for column in schema.features
    }
    requests: list[dict[str, Any]] = pd.DataFrame(columns, dtype=object).to_dict("records")
    return requests


def golden_requests(
    rows: pd.DataFrame, schema: Schema, inputs: TableInput, count: int
) -> list[dict[str, Any]]:
    """Return some rows as requests, one with all missing that may be, and one with unseen words.

    The rows are taken evenly from first to last, since neighbours in time are much alike.
    """
    some = as_requests(rows.iloc[:: max(len(rows) // count, 1)].iloc[:count], schema)
    missing = {column.name: None for column in inputs.columns if not column.required}
    unseen = {column.name: "never seen" for column in inputs.columns if column.categories}
    return [*some, *(some[0] | change for change in (missing, unseen) if change)]
