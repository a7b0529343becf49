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
    return operation(*map(as_expression, operands))


def as_expression(value: Any) -> Expression:
    if isinstance(value, Expression):
        return value
    if np.ndim(value) > 0 or not isinstance(value, int | float | np.generic):
        raise Unsupported(f"it computes with {value!r}, which is neither a column nor a number")
    return Expression(CONSTANT, value=float(value))


def as_number(x: Expression) -> Expression:
    return Expression("Cast", (x,)) if x.is_boolean else x


def as_boolean(x: Expression) -> Expression:
    return x if x.is_boolean else unequal(x, as_expression(0))


def numeric(operator: str) -> Callable[..., Expression]:
    """An operator from numbers to a number. NumPy has rules of its own for booleans alone."""

    def operation(*operands: Expression) -> Expression:
        if all(x.is_boolean for x in operands):
            raise Unsupported("it computes with comparisons: write np.where(comparison, 1, 0)")
        return Expression(operator, tuple(map(as_number, operands)))

    return operation


def comparison(operator: str) -> Callable[..., Expression]:
    return lambda *x: Expression(operator, tuple(map(as_number, x)), is_boolean=True)


def logical(operator: str) -> Callable[..., Expression]:
    return lambda *x: Expression(operator, tuple(map(as_boolean, x)), is_boolean=True)


def bitwise(operator: str) -> Callable[..., Expression]:
    def operation(*operands: Expression) -> Expression:
        if not all(x.is_boolean for x in operands):
            raise Unsupported("it combines numbers by &, | or ~, which are for comparisons")
        return Expression(operator, operands, is_boolean=True)

    return operation


def unequal(a: Expression, b: Expression) -> Expression:
    return Expression("Not", (comparison("Equal")(a, b),), is_boolean=True)


def where(condition: Expression, a: Expression, b: Expression) -> Expression:
    return Expression("Where", (as_boolean(condition), as_number(a), as_number(b)))


def log1p(x: Expression) -> Expression:
    """Compute log(1 + x), exact for small x too (Kahan; Higham 2002, section 1.14.1)."""
    one_more = x + 1
    return where(one_more == 1, x, np.log(one_more) * (x / (one_more - 1)))


def remainder(a: Expression, b: Expression) -> Expression:
    """Compute a % b, which has the sign of b in NumPy, and the sign of a in ONNX."""
    rest = numeric("Mod")(a, b)
    return where((rest != 0) & ((rest < 0) != (b < 0)), rest + b, rest)


def clip(x: Expression, low: Expression, high: Expression) -> Expression:
    return numeric("Min")(numeric("Max")(x, low), high)


OPERATORS: dict[str, Callable[..., Expression]] = {  # by the names of NumPy
    "add": numeric("Add"),
    "subtract": numeric("Sub"),
    "multiply": numeric("Mul"),
    "divide": numeric("Div"),
    "power": numeric("Pow"),
    "remainder": remainder,
    "negative": numeric("Neg"),
    "greater": comparison("Greater"),
    "greater_equal": comparison("GreaterOrEqual"),
    "less": comparison("Less"),
    "less_equal": comparison("LessOrEqual"),
    "equal": comparison("Equal"),
    "not_equal": unequal,
    "bitwise_and": bitwise("And"),
    "bitwise_or": bitwise("Or"),
    "invert": bitwise("Not"),
    "logical_and": logical("And"),
    "logical_or": logical("Or"),
    "logical_not": logical("Not"),
}
FUNCTIONS: dict[str, Callable[..., Expression]] = {
    "where": where,
    "minimum": numeric("Min"),
    "maximum": numeric("Max"),
    "clip": clip,
    "absolute": numeric("Abs"),
    "floor": numeric("Floor"),
    "ceil": numeric("Ceil"),
    "rint": numeric("Round"),
    "sqrt": numeric("Sqrt"),
    "square": lambda x: numeric("Mul")(x, x),
    "exp": numeric("Exp"),
    "log": numeric("Log"),
    "log1p": log1p,
    "sin": numeric("Sin"),
    "cos": numeric("Cos"),
    "tanh": numeric("Tanh"),
    "isnan": comparison("IsNaN"),
}
