"""The target column: a class or a number for each row."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.schema import Column

Task = Literal["classification", "regression"]

MIN_CLASS_ROWS = 10  # fewer rows of a class cannot be split into training and test


def check_target(values: pd.Series, column: Column, task: Task) -> None:
    """Raise UserError where the target's values [n] do not fit the task or cannot be learned."""
    if task == "classification":
        if column.is_number:
            raise UserError(
                f"the target '{column.name}' is a number, but this project predicts classes: "
                "write 'type: category' with its categories in data/schema.yaml."
            )
        check_classes(values, column.name, column.classes)
    elif not column.is_number:
        raise UserError(
            f"the target '{column.name}' is a {column.type}, but this project predicts a number: "
            "write 'type: number' or 'type: integer' in data/schema.yaml."
        )
    elif values.nunique() < 2:
        raise UserError(
            f"the target '{column.name}' is {values.iloc[0]:g} in every row: there is nothing to "
            "predict. Choose another target in data/schema.yaml."
        )


def check_classes(labels: pd.Series, target: str, classes: Sequence[str]) -> None:
    """Raise UserError where one of the classes has too few of the labels [n], or all of them."""
    counts = labels.value_counts().reindex(classes, fill_value=0)
    if (counts > 0).sum() < 2:
        raise UserError(
            f"the target '{target}' has one class only ({', '.join(labels.unique())}): there is "
            "nothing to distinguish. Choose another target in data/schema.yaml."
        )
    if counts.min() < MIN_CLASS_ROWS:
        raise UserError(
            f"the class '{counts.idxmin()}' of '{target}' has {counts.min()} valid rows, too few "
            f"to train and test on: collect at least {MIN_CLASS_ROWS}, merge it with another "
            "class, or take it out of the data and of data/schema.yaml."
        )


def check_parts(values: pd.Series, parts: Mapping[str, pd.Series], task: Task) -> None:
    """Raise UserError where a part of the target's values, by its name, cannot be scored.

    A part must have all classes, or two different numbers.
    """
    for name, part in parts.items():
        if task == "classification":
            if missing := set(values.unique()) - set(part.unique()):
                raise UserError(
                    f"{name} has no row of class '{min(missing)}': choose another preprocess.split "
                    "in params.yaml, fewer train.folds, or merge that class with another."
                )
        elif part.nunique() < 2:
            raise UserError(
                f"{name} has {len(part)} of {len(values)} rows and {part.nunique()} different "
                "value of the target, too few to score a model: collect more rows, or choose "
                "another preprocess.split, other shares or fewer train.folds in params.yaml."
            )


def describe_target(column: Column) -> dict[str, Any]:
    """Return what is predicted: its name and its classes, or its unit and its range (or None)."""
    if column.is_number:
        limits = {"min": column.min, "max": column.max}
        return {"target": column.name, "unit": column.unit, **limits}
    return {"target": column.name, "labels": list(column.classes)}


def encode_target(values: pd.Series, column: Column) -> np.ndarray:
    """Return the target as numbers [n]: in its unit, or each class as its position in the schema.

    Of two classes, 1 is the positive one.
    """
    if column.is_number:
        return np.asarray(values, dtype="float64")
    codes = pd.Categorical(values, categories=list(column.classes)).codes
    return np.asarray(codes, dtype="int64")
