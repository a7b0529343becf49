"""Features computed from numeric columns by plain NumPy functions, as a part of the model.

`def overtime(row): return np.maximum(row["hours-per-week"] - 40, 0)` is such a function. It gets
the columns by name, each float32 [n], and returns one value per row. The model is exported with it,
so a request needs the columns only.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.expressions import (
    COLUMN,
    CONSTANT,
    FUNCTIONS,
    Expression,
    Unsupported,
    as_expression,
    as_number,
)

Feature = Callable[[Mapping[str, Any]], Any]


class UnknownColumn(UserError):  # noqa: N818
    """A feature reads a column that is not there."""


class Columns(dict[str, Any]):
    """Columns by name; one that is not there raises UnknownColumn."""

    def __missing__(self, name: str) -> Any:
        known = ", ".join(map(repr, self))
        raise UnknownColumn(
            f"a derived feature reads the column {name!r}, which is not a numeric feature of "
            f"data/schema.yaml; these are: {known}."
        )


class DerivedFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Computes features from numeric columns [n, columns] → float32 [n, functions].

    A missing value makes the feature missing, and so does a result that is not finite, such as
    that of a division by zero: an imputer should follow.
    """

    def __init__(self, functions: dict[str, Feature], columns: list[str]) -> None:
        self.functions = functions
        self.columns = columns

    def fit(self, X: Any, y: Any = None) -> Self:
        """Check that each function can be saved and exported; raises UserError where one cannot."""
        for name, function in self.functions.items():
            check_importable(name, function)
            trace(name, function, self.columns)
        self.n_features_in_ = len(self.columns)
        return self

    def transform(self, X: Any) -> np.ndarray:
        values = np.asarray(X, dtype=np.float32)
        columns = Columns(zip(self.columns, values.T, strict=True))
        with np.errstate(all="ignore"):
            results = [function(columns) for function in self.functions.values()]
        derived = np.array(results, np.float32).reshape(len(self.functions), len(values)).T
        return np.where(np.isfinite(derived), derived, np.float32(np.nan))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        return np.array(list(self.functions), dtype=object)


def computable(functions: Mapping[str, Feature], columns: Sequence[str]) -> dict[str, Feature]:
    """Return the functions that read none but these columns."""
    found = dict(functions)
    for name, function in functions.items():
        try:
            trace(name, function, columns)
        except UnknownColumn as reason:
            report_left_out(name, str(reason))
            del found[name]
    return found


@cache
def report_left_out(name: str, reason: str) -> None:
    """Print once that a feature is left out: a misspelt column would go unnoticed."""
    print(f"left out: the feature '{name}': {reason}")


def check_importable(name: str, function: Feature) -> None:
    """A model is saved with the names of its functions, by which they are found again."""
    if "<" in getattr(function, "__qualname__", "<unnamed>"):  # <lambda>, or f.<locals>.g
        raise UserError(
            f"the derived feature '{name}' cannot be saved with the model: write it as a function "
            "with a name of its own, 'def name(row):', at the top level of features.py."
        )


def trace(name: str, function: Feature, columns: Sequence[str]) -> Expression:
    """Return what a function computes. Raises UserError where that cannot be exported to ONNX."""
    symbols = {name: Expression(COLUMN, value=place) for place, name in enumerate(columns)}
    try:
        expression = as_number(as_expression(function(Columns(symbols))))
        if expression.operator == CONSTANT:
            raise Unsupported("it does not depend on any column")
    except UserError:
        raise
    except Exception as error:  # whatever a function of the owner's may raise
        kind = "" if isinstance(error, Unsupported) else f"{type(error).__name__}: "
        raise UserError(
            f"the derived feature '{name}' cannot be exported to ONNX: {kind}{error}. Use + - * "
            f"/ ** %, comparisons, & | ~, and NumPy's {', '.join(FUNCTIONS)}."
        ) from error
    return expression
