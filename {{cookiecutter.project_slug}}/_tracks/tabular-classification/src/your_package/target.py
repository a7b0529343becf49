"""The target: a class of each row."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .errors import UserError
from .schema import Column

FEWEST = 10  # rows of a class, of which some are to learn from, some to test on


def check_target(values: pd.Series, column: Column) -> None:
    """Raises UserError where these are not classes, or one class only, or too few rows of one."""
    if column.is_number:
        raise UserError(
            f"the target '{column.name}' is a number, but this project predicts classes: write "
            "'type: category' with its categories in data/schema.yaml."
        )
    counts = values.value_counts()
    if len(counts) < 2:
        raise UserError(
            f"the target '{column.name}' has one class only ({', '.join(counts.index)}): there is "
            "nothing to tell apart. Choose another target in data/schema.yaml."
        )
    if counts.iloc[-1] < FEWEST:
        raise UserError(
            f"the class '{counts.index[-1]}' of '{column.name}' has {counts.iloc[-1]} good rows, "
            "too few to learn from and test on: collect 10 or more, or merge it with another class."
        )


def check_parts(values: pd.Series, parts: Mapping[str, pd.Series]) -> None:
    """Raises UserError where a part of the values, by its name, lacks a class."""
    classes = set(values)
    for name, part in parts.items():
        if lost := classes - set(part):
            raise UserError(
                f"{name} has no row of class '{min(lost)}': choose another preprocess.split in "
                "params.yaml, fewer train.folds, or merge that class with another."
            )


def describe(column: Column) -> dict[str, Any]:
    """The names of the classes, in the order of their numbers."""
    return {"labels": list(column.classes)}


def encode(values: pd.Series, column: Column) -> np.ndarray:
    """Classes as whole numbers [n]: their places in the schema; of two, 1 is the positive one."""
    return pd.Categorical(values, categories=column.classes).codes.astype("int64")
