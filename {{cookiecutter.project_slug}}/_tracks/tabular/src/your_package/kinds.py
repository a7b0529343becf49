"""How a column of each type is read from raw data, told apart and sent: a row of a table a type.

`serving/columns.py` says what a model gets of it, in training as in a request.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .schema import MISSING, Column, Schema
from .serving.columns import WORD, InputSpec, split_words

WORDS = 300  # of the training texts, by the number of rows that they stand in
LONGEST = 20_000  # characters of a text
FEWEST = 3  # rows that such a word stands in
EPOCH = pd.Timestamp("1970-01-01", tz="UTC")

Rule = tuple[Callable[[pd.Series], pd.Series], str]  # which values, as text, are good; else what


class Kind(NamedTuple):
    rules: Callable[[Column], list[Rule]]
    read: Callable[[pd.Series], pd.Series]  # text → values as they are kept
    trait: Callable[[pd.Series], pd.Series]  # by what rows are told apart: slices, drift
    send: Callable[[Any], Any]  # a kept value → JSON
    learn: Callable[[Column, pd.Series], dict[str, Any]]  # what its InputColumn keeps of training


def same(values: pd.Series) -> pd.Series:
    return values


def as_number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce").astype("float64")


def as_date(text: pd.Series) -> pd.Series:
    """Dates, with a time of day or not, as ISO 8601 writes them; without a zone they are UTC."""
    return pd.to_datetime(text, errors="coerce", format="ISO8601", utc=True)


def number_rules(column: Column) -> list[Rule]:
    low = -np.inf if column.min is None else column.min
    high = np.inf if column.max is None else column.max
    rules: list[Rule] = [
        (lambda text: np.isfinite(as_number(text)), "is not a number"),
        (
            lambda text: ~((as_number(text) < low) | (as_number(text) > high)),
            f"is not from {low:g} to {high:g}",
        ),
    ]
    if column.type == "integer":
        rules.append((lambda text: ~(as_number(text) % 1 > 0), "is not a whole number"))
    return rules


def word_rules(column: Column) -> list[Rule]:
    """Who or what a group is, nobody can list beforehand."""
    listed = column.categories
    return [(lambda text: text.isin(listed), "is not one of the categories")] if listed else []


def boolean_rules(column: Column) -> list[Rule]:
    return [(lambda text: text.str.lower().isin(column.classes), "is not true or false")]


def date_rules(column: Column) -> list[Rule]:
    return [(lambda text: as_date(text).notna(), "is no date like 2026-12-31")]


def text_rules(column: Column) -> list[Rule]:
    return [(lambda text: text.str.len() <= LONGEST, f"is longer than {LONGEST:,} characters")]


def learn_range(column: Column, values: pd.Series) -> dict[str, Any]:
    return {"min": column.min, "max": column.max}


def learn_categories(column: Column, values: pd.Series) -> dict[str, Any]:
    seen = set(values)
    return {"categories": [w for w in column.categories if w in seen], "missing": MISSING}


def learn_order(column: Column, values: pd.Series) -> dict[str, Any]:
    return {"categories": list(column.categories)}


def learn_nothing(column: Column, values: pd.Series) -> dict[str, Any]:
    return {}


def learn_time(column: Column, values: pd.Series) -> dict[str, Any]:
    known = values.dropna()
    return {"time": bool((known != known.dt.normalize()).any())}


def learn_words(column: Column, values: pd.Series) -> dict[str, Any]:
    """The words that stand in most rows, the most frequent first; one at least, if but an empty."""
    rows = Counter(word for text in values.dropna() for word in set(split_words(text)))
    often = sorted(rows, key=lambda word: (-rows[word], word))[:WORDS]
    words = [word for word in often if rows[word] >= FEWEST] or [""]
    return {"word": WORD, "words": words, "longest": LONGEST}


def send_date(value: pd.Timestamp) -> str:
    return value.isoformat()[:19].removesuffix("T00:00:00")


KINDS = {
    "number": Kind(number_rules, as_number, same, float, learn_range),
    "integer": Kind(number_rules, as_number, same, int, learn_range),
    "category": Kind(word_rules, same, same, str, learn_categories),
    "ordinal": Kind(word_rules, same, same, str, learn_order),
    "boolean": Kind(boolean_rules, lambda t: t.str.lower(), same, "true".__eq__, learn_nothing),
    "date": Kind(date_rules, as_date, same, send_date, learn_time),
    "text": Kind(text_rules, same, lambda text: text.str.len().astype("float64"), str, learn_words),
}


def learn_inputs(schema: Schema, train: pd.DataFrame) -> InputSpec:
    """What a request must hold, from the schema and from what the training rows hold."""
    columns = [
        {
            "name": column.name,
            "tensor": f"c{place}",
            "type": column.type,
            "required": not column.nullable,
            "description": column.description,
            **KINDS[column.type].learn(column, train[column.name]),
        }
        for place, column in enumerate(schema.features)
    ]
    return InputSpec.model_validate({"columns": columns})


def known_or_none(values: pd.Series) -> Any:
    """Kept values as `InputColumn.array` takes them: None for a missing word."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_localize(None).to_numpy("datetime64[s]")
    return values.astype(object).where(values.notna(), None).tolist()


def as_requests(rows: pd.DataFrame, schema: Schema) -> list[dict[str, Any]]:
    """Rows as a client would send them, None where a value is missing."""
    columns = {
        column.name: [
            None if pd.isna(value) else KINDS[column.type].send(value)
            for value in rows[column.name]
        ]
        for column in schema.features
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
