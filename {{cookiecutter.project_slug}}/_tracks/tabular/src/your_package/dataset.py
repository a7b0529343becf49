"""The processed splits on disk, and how a split becomes X and y."""

import numpy as np
import pandas as pd

from .errors import UserError
from .files import whole
from .paths import PROCESSED
from .schema import MISSING, Schema, load_schema
from .splits import Rows, folds


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
    """Return X, the features of a split [n, columns], and y, its classes [n] as whole numbers.

    A class is its place among the target's categories; of two, the second is the positive one.
    """
    rows, schema = load_rows(name), load_schema()
    y = pd.Categorical(rows[schema.target.name], categories=schema.target.categories).codes
    return features(rows, schema), y.astype("int64")


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
    """Return the training X and y, and the folds on which every candidate is compared."""
    X, y = load_split("train")
    return X, y, folds(y, count, seed)


def take(X: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    return X.iloc[rows]


def target() -> str:
    """The name of what is predicted."""
    return load_schema().target.name


def labels() -> list[str]:
    """The names of the classes, in the order of their numbers in y."""
    return list(load_schema().target.categories)
