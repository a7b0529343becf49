"""The target: a number for each row."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .errors import UserError
from .schema import Column


def check_target(values: pd.Series, column: Column) -> None:
    """Raises UserError where these are not numbers, or all the same one."""
    if not column.is_number:
        raise UserError(
            f"the target '{column.name}' is a {column.type}, but this project predicts a number: "
            "write 'type: number' or 'type: integer' in data/schema.yaml."
        )
    if values.nunique() < 2:
        raise UserError(
            f"the target '{column.name}' is {values.iloc[0]:g} in every row: there is nothing to "
            "predict. Choose another target in data/schema.yaml."
        )


def check_parts(values: pd.Series, parts: Mapping[str, pd.Series]) -> None:
    """Raises UserError where a part of the values, by its name, is too uniform to measure on."""
    for name, part in parts.items():
        if part.nunique() < 2:
            raise UserError(
                f"{name} has {len(part)} of {len(values)} rows and {part.nunique()} value of the "
                "target, too few to measure on: collect more rows, or choose another "
                "preprocess.split, other shares or fewer train.folds in params.yaml."
            )


def describe(column: Column) -> dict[str, Any]:
    """The target's unit and the range that data/schema.yaml allows; None where it sets no limit."""
    return {"unit": column.unit, "min": column.min, "max": column.max}


def encode(values: pd.Series, column: Column) -> np.ndarray:
    """The numbers themselves [n], in the target's unit."""
    return values.to_numpy(dtype="float64")
