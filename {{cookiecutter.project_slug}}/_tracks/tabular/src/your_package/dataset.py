"""The splits that `preprocess` made, as models and evaluation take them."""

from typing import Any

import numpy as np
import pandas as pd
from ml_portfolio.config.files import read_json
from ml_portfolio.config.paths import INPUTS, SPLIT
from ml_portfolio.config.processed import load_rows
from ml_portfolio.tables.arrays import blocks, features
from ml_portfolio.tables.column_types import as_requests
from ml_portfolio.tables.request import TableInput
from ml_portfolio.tables.schema import load_schema
from ml_portfolio.tables.target import describe_target, encode_target
from ml_portfolio.tables.traits import traits


def load_inputs() -> TableInput:
    """Read what `preprocess` learned of the columns from the training rows."""
    return TableInput.model_validate(read_json(INPUTS))


def load_target() -> dict[str, Any]:
    """Read what is predicted: its name and its classes, or its unit and its range."""
    return describe_target(load_schema().target)


def load_split(name: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return X, the features of a split [n, columns], and y, its target as numbers [n].

    X.attrs["features"] names the feature of each column: a date or a text is several columns.
    """
    rows, target = load_rows(name), load_schema().target
    return features(rows, load_inputs()), encode_target(rows[target.name], target)


def load_traits(name: str) -> pd.DataFrame:
    """Return the columns by which the rows of a split are grouped [n, columns]: slices, drift."""
    return traits(load_rows(name), load_schema())


def sensitive_traits() -> list[str]:
    """Return the columns marked `sensitive` in the schema, by which groups are compared."""
    return [column.name for column in load_schema().features if column.sensitive]


def load_blocks(name: str) -> np.ndarray:
    """Return which rows of a split belong together [n]: they are resampled together."""
    split = read_json(SPLIT)
    return blocks(load_rows(name), split["kind"], split["key"])


def load_example(name: str, row: int) -> dict[str, Any]:
    """Return one row of a split as a client would send it."""
    return as_requests(load_rows(name).iloc[[row]], load_schema())[0]


def fingerprints(X: pd.DataFrame) -> np.ndarray:
    """Return a number for each row of X [n], the same for rows that are the same."""
    return pd.util.hash_pandas_object(X, index=False).to_numpy()
