"""How a processed split becomes X and y."""

import math
from typing import Any

import numpy as np
import pandas as pd

from .files import read_json, write_json
from .kinds import known_or_none
from .paths import PROCESSED
from .processed import load_rows
from .schema import load_schema
from .serving.columns import InputSpec
from .splits import Rows, folds
from .target import check_parts, describe, encode

INPUTS = PROCESSED / "inputs.json"  # what X is made of, as training rows have taught
SPLIT = PROCESSED / "split.json"  # how the rows were split: training makes its folds the same way


def load_split(name: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return X, the features of a split [n, columns], and y, its target as numbers [n]."""
    rows, target = load_rows(name), load_schema().target
    return features(rows, load_inputs()), encode(rows[target.name], target)


def load_inputs() -> InputSpec:
    return InputSpec.model_validate(read_json(INPUTS))


def features(rows: pd.DataFrame, inputs: InputSpec) -> pd.DataFrame:
    """What a model sees: float32, and text with no value missing [n, parts of all columns].

    The server makes the same of a request, by the same `array`.
    """
    names, parts = [], []
    for column in inputs.columns:
        array = column.array(known_or_none(rows[column.name]))
        names += [f"{column.name}: {part}" if part else column.name for part in column.parts]
        parts += [pd.Series(part, rows.index, dtype=array.dtype) for part in array.T]
    return pd.DataFrame(dict(enumerate(parts))).set_axis(names, axis=1)


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


def save_how(kind: str, key: str, inputs: InputSpec) -> None:
    write_json(SPLIT, {"kind": kind, "key": key})
    write_json(INPUTS, inputs.model_dump())


def take(X: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    return X.iloc[rows]


def describe_target() -> dict[str, Any]:
    """What the reader of an answer must know of what is predicted."""
    column = load_schema().target
    return {"target": column.name, **describe(column)}
