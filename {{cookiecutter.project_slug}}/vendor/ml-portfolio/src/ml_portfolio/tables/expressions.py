"""Plain NumPy functions of columns, traced: called once with symbols, they leave an expression.

An Expression is an operand to NumPy as an array is. What is done to it is recorded as a tree of
ONNX operators, which compute in float32 what NumPy computes with float32 arrays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

COLUMN, CONSTANT = "column", "constant"  # the leaves of a tree


class Unsupported(Exception):  # noqa: N818 (caught where the name of the feature is known)
    """What a function does that cannot be exported."""


@dataclass(frozen=True, eq=False)
class Expression(NDArrayOperatorsMixin):
    """A value computed from columns: an operator of ONNX and its operands."""

    operator: str
    operands: tuple["Expression", ...] = ()
    is_boolean: bool = False
    value: float = 0  # of a constant; of a column, its position
    __hash__ = object.__hash__  # the mixin's == is a comparison of columns

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, **kwargs: Any) -> Any:
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        return apply(name, operands, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return apply(func.__name__, args, kwargs)

    def __bool__(self) -> bool:
        raise Unsupported("it decides by 'if', 'and', 'or' or 'not': use np.where, &, | or ~")


def apply(name: str, operands: tuple[Any, ...], kwargs: dict[str, Any]) -> Expression:
    operation = OPERATORS.get(name) or FUNCTIONS.get(name)
    if operation is None:
        raise Unsupported(f"it uses np.{name}")
    if kwargs:
        raise Unsupported(f"it calls np.{name} with {', '.join(kwargs)}=")
    x = tuple(map(as_expression, operands))
    if not isinstance(operation, str):
        return operation(*x)
    booleans = all(each.is_boolean for each in x)
    if operation in LOGICAL and not booleans:
        raise Unsupported("it combines numbers by &, | or ~, which are for comparisons")
    if operation in LOGICAL:
        return Expression(operation, x, is_boolean=True)
    if booleans and operation not in COMPARISONS:  # NumPy has rules of its own for these
        raise Unsupported("it computes with comparisons: write np.where(comparison, 1, 0)")
    return Expression(operation, tuple(map(as_number, x)), operation in COMPARISONS)


def as_expression(value: Any) -> Expression:
    if isinstance(value, Expression):
        return value
    if np.ndim(value) > 0 or not isinstance(value, int | float | np.generic):
        raise Unsupported(f"it computes with {value!r}, which is neither a column nor a number")
    return Expression(CONSTANT, value=float(value))


def as_number(x: Expression) -> Expression:
    return Expression("Cast", (x,)) if x.is_boolean else x


def where(condition: Expression, a: Expression, b: Expression) -> Expression:
    chosen = condition if condition.is_boolean else condition != 0
    return Expression("Where", (chosen, as_number(a), as_number(b)))


def log1p(x: Expression) -> Expression:
    """Compute log(1 + x), exact for small x too (Kahan; Higham 2002, section 1.14.1)."""
    one_more = x + 1
    return where(one_more == 1, x, np.log(one_more) * (x / (one_more - 1)))


def remainder(a: Expression, b: Expression) -> Expression:
    """Compute a % b, which has the sign of b in NumPy, and the sign of a in ONNX."""
    rest = apply("fmod", (a, b), {})
    return where((rest != 0) & ((rest < 0) != (b < 0)), rest + b, rest)


COMPARISONS = {"Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal", "IsNaN"}
LOGICAL = {"And", "Or", "Not"}
Operations = dict[str, str | Callable[..., Expression]]  # by NumPy's name, ONNX operators or more
OPERATORS: Operations = {
    "add": "Add",
    "subtract": "Sub",
    "multiply": "Mul",
    "divide": "Div",
    "power": "Pow",
    "fmod": "Mod",
    "remainder": remainder,
    "negative": "Neg",
    "greater": "Greater",
    "greater_equal": "GreaterOrEqual",
    "less": "Less",
    "less_equal": "LessOrEqual",
    "equal": "Equal",
    "not_equal": lambda a, b: ~(a == b),
    "bitwise_and": "And",
    "bitwise_or": "Or",
    "invert": "Not",
}
FUNCTIONS: Operations = {
    "where": where,
    "minimum": "Min",
    "maximum": "Max",
    "clip": lambda x, low, high: np.minimum(np.maximum(x, low), high),
    "absolute": "Abs",
    "floor": "Floor",
    "ceil": "Ceil",
    "rint": "Round",
    "sqrt": "Sqrt",
    "square": lambda x: x * x,
    "exp": "Exp",
    "log": "Log",
    "log1p": log1p,
    "sin": "Sin",
    "cos": "Cos",
    "tanh": "Tanh",
    "isnan": "IsNaN",
}
