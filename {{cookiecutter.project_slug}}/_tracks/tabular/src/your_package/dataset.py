"""The processed splits on disk, and how a split becomes X and y."""

import json
from typing import Any

import numpy as np
import pandas as pd

from .errors import UserError
from .files import whole, write_json
from .paths import PROCESSED
from .schema import MISSING, Schema, load_schema
from .splits import Rows, folds
from .target import check_parts, describe, encode

SPLIT = PROCESSED / "split.json"  # how the rows were split: training makes its folds the same way


def save_split(name: str, rows: pd.DataFrame) -> None:
    with whole(PROCESSED / f"{name}.parquet") as draft:
        rows.to_parquet(draft)


def load_rows(name: str) -> pd.DataFrame:
    """The rows of a split as they were read: target and missing values included."""
    path = PROCESSED / f"{name}.parquet"
    if not path.is_file():
        raise UserError(f"{path} is missing: run 'uv run dvc repro'.")
    return pd.read_parquet(path)


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
    how = json.loads(SPLIT.read_text(encoding="utf-8"))
    parts = folds(how["kind"], rows[how["key"]], count, seed)
    for number, places in enumerate(parts, start=1):
        for use, part in zip(("fitted on", "held out"), places, strict=True):
            name = f"what is {use} in fold {number}"
            check_parts(rows[target], {name: rows[target].iloc[part]})
    return X, y, parts


def save_how(kind: str, key: str) -> None:
    write_json(SPLIT, {"kind": kind, "key": key})


def take(X: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    return X.iloc[rows]


def describe_target() -> dict[str, Any]:
    """What the reader of an answer must know of what is predicted."""
    column = load_schema().target
    return {"target": column.name, **describe(column)}
