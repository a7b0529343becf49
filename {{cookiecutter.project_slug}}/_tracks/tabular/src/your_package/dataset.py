"""The processed splits on disk, and how a split becomes X and y."""

import json

import numpy as np
import pandas as pd

from .errors import UserError
from .files import whole, write_json
from .paths import PROCESSED
from .schema import MISSING, Schema, load_schema
from .splits import Rows, folds
from .target import check_parts, encode

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
    how = json.loads(SPLIT.read_text(encoding="utf-8"))
    parts = folds(how["kind"], load_rows("train")[how["key"]], count, seed)
    for number, rows in enumerate(parts, start=1):
        for use, places in zip(("fitted on", "held out"), rows, strict=True):
            check_parts(y, {f"what is {use} in fold {number}": y[places]})
    return X, y, parts


def save_how(kind: str, key: str) -> None:
    write_json(SPLIT, {"kind": kind, "key": key})


def take(X: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    return X.iloc[rows]


def target() -> str:
    """The name of what is predicted."""
    return load_schema().target.name


def labels() -> list[str]:
    """The names of the classes, in the order of their numbers in y; none if y is measured."""
    return list(load_schema().target.categories)


def unit() -> str:
    """What a target that is measured is measured in."""
    return load_schema().target.unit
