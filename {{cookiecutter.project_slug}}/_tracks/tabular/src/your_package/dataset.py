"""How a processed split becomes X and y."""

import math
from typing import Any

import numpy as np
import pandas as pd

from .files import read_json, write_json
from .paths import PROCESSED
from .processed import load_rows
from .schema import MISSING, Schema, load_schema
from .splits import Rows, folds
from .target import check_parts, describe, encode

SPLIT = PROCESSED / "split.json"  # how the rows were split: training makes its folds the same way


def load_split(name: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return X, the features of a split [n, columns], and y, its target as numbers [n]."""
    rows, schema = load_rows(name), load_schema()
    return features(rows, schema), encode(rows[schema.target.name], schema.target)


def features(rows: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The feature columns as a model sees them: float32, and text with no value missing.

    The server does the same to a request, so numbers have its precision here as well.
    """
    columns = {}
    for column in schema.features:
        values = rows[column.name]
        columns[column.name] = (
            values.astype("float32")
            if column.is_number
            else values.astype(object).where(values.notna(), MISSING)
        )
    return pd.DataFrame(columns)


def load_comparison(count: int, seed: int) -> tuple[pd.DataFrame, np.ndarray, list[Rows]]:
    """Return the training X and y, and the folds on which every candidate is compared.

    The folds are of the same kind as the split: a candidate is chosen for what it is tested on.
    """
    X, y = load_split("train")
    rows, target = load_rows("train"), load_schema().target.name
    how = read_json(SPLIT)
    parts = folds(how["kind"], rows[how["key"]], count, seed)
    for number, places in enumerate(parts, start=1):
        for use, part in zip(("fitted on", "held out"), places, strict=True):
            name = f"what is {use} in fold {number}"
            check_parts(rows[target], {name: rows[target].iloc[part]})
    return X, y, parts


def load_blocks(name: str) -> np.ndarray:
    """Which rows of a split belong together [n]: a group's, or neighbours in time.

    Time is cut into about as many blocks as each has rows (block bootstrap, Künsch 1989).
    """
    rows, how = load_rows(name), read_json(SPLIT)
    if how["kind"] == "group":
        return pd.factorize(rows[how["key"]])[0]
    if how["kind"] == "time":
        return rows[how["key"]].rank(method="first").to_numpy(int) // math.isqrt(len(rows))
    return np.arange(len(rows))


def fingerprints(X: pd.DataFrame) -> np.ndarray:
    """A number for each row [n], the same for rows that are the same."""
    return pd.util.hash_pandas_object(X, index=False).to_numpy()


def save_how(kind: str, key: str) -> None:
    write_json(SPLIT, {"kind": kind, "key": key})


def take(X: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    return X.iloc[rows]


def describe_target() -> dict[str, Any]:
    """What the reader of an answer must know of what is predicted."""
    column = load_schema().target
    return {"target": column.name, **describe(column)}
