"""How a processed split becomes X and y."""

from typing import Any

import numpy as np
import pandas as pd

from .errors import UserError
from .processed import load_rows
from .schema import load_schema
from .splits import Rows
from .validation import LABEL, TEXT


def load_split(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return X, the texts of a split [n], and y, their classes [n] as whole numbers.

    A class is its place in data/schema.yaml; of two, the second is the positive one.
    """
    rows = load_rows(name)
    y = pd.Categorical(rows[LABEL], categories=labels()).codes
    return rows[TEXT].to_numpy(dtype=object), y.astype("int64")


def load_comparison(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, list[Rows]]:
    """Return X and y of training and validation, and which rows are fitted on and held out.

    A network takes too long to be trained on several folds, so there is one.
    """
    if count != 1:
        raise UserError(f"params.yaml: train.folds is {count}: write 1, the validation split.")
    fitted, held_out = load_split("train"), load_split("validation")
    X, y = (np.concatenate(parts) for parts in zip(fitted, held_out, strict=True))
    rows = np.arange(len(y))
    return X, y, [(rows[: len(fitted[1])], rows[len(fitted[1]) :])]


def load_blocks(name: str) -> np.ndarray:
    """Which rows of a split belong together [n]: none, each text stands for itself."""
    return np.arange(len(load_rows(name)))


def fingerprints(X: np.ndarray) -> np.ndarray:
    """A number for each text [n], the same for texts that are the same."""
    return pd.util.hash_array(X)


def take(X: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return X[rows]


def describe_target() -> dict[str, Any]:
    """What the reader of an answer must know: what is predicted, and its classes."""
    return {"target": load_schema().label.name, "labels": labels()}


def labels() -> list[str]:
    """The names of the classes, in the order of their numbers in y."""
    return list(load_schema().label.classes)
