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


def check_parts(values: Any, parts: Mapping[str, Any]) -> None:
    """Raises UserError where a part of the values, by its name, is too small to measure on."""
    for name, part in parts.items():
        if len(part) < 2:
            raise UserError(
                f"{name} has {len(part)} of {len(values)} rows, too few to measure on: collect "
                "more, or change the shares or train.folds in params.yaml."
            )


def encode(values: pd.Series, column: Column) -> np.ndarray:
    """The numbers themselves [n], in the target's unit."""
    return values.to_numpy(dtype="float64")
