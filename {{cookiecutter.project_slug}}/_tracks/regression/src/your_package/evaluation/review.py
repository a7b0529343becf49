"""What a diagnosis asks of a regression's answers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sklearn.metrics import mean_absolute_error

Measures = dict[str, Callable[..., float]]


def treatment(
    y: np.ndarray, values: np.ndarray, output: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray, Measures]:
    """The true and the answered values [n], and by what groups of rows are compared."""
    return y, values, {"mean_error": mean_error, "mean_absolute_error": mean_absolute_error}


def mean_error(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """By how much the answers are too high on average."""
    return float(np.mean(np.subtract(y_pred, y_true)))


def draw_truths(values: np.ndarray, metric: str, seed: int) -> Iterator[np.ndarray]:
    """Nothing: a predicted value [n] says not how far off the truth may be."""
    return iter(())


def balance(y: np.ndarray, output: dict[str, Any]) -> dict[str, float]:
    """The target's mean and standard deviation among y [n], in its unit."""
    return {"mean": float(y.mean()), "standard deviation": float(y.std())}


def find_mistakes(
    y: np.ndarray, values: np.ndarray, output: dict[str, Any], count: int
) -> list[dict[str, Any]]:
    """The answers that are furthest off: wrong values in the data show here first."""
    error = np.abs(y - values)
    worst = np.argsort(-error, kind="stable")[:count]
    numbers = {"truth": y, "said": values, "error": error}
    return [
        {"row": int(row), **{name: float(each[row]) for name, each in numbers.items()}}
        for row in worst
    ]
