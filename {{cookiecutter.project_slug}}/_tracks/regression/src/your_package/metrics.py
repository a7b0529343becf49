"""How far a regression model's values are from the true ones.

Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn import metrics

from .serving.outputs import clip

NAMES = {"mae": "mean absolute error", "rmse": "root mean squared error", "r2": "R²"}
LOWER_IS_BETTER = {"mae", "rmse"}


def predict(model: Any, X: Any) -> np.ndarray:
    """The values a model gives [n], in the target's unit."""
    return model.predict(X)


def as_served(values: np.ndarray, about: dict[str, Any]) -> np.ndarray:
    """What a server would answer from values [n]: the nearest that the schema allows."""
    return clip(values, about["min"], about["max"])


def scorer(output: dict[str, Any]) -> Callable[[np.ndarray, np.ndarray], dict[str, float]]:
    """Return `score`: it needs nothing else to be known."""
    return score


def score(y: np.ndarray, values: np.ndarray) -> dict[str, float]:
    """Return every metric of predicted values [n] for the true ones y [n].

    mae and rmse are in the target's unit, and rmse weighs large errors more. r2 has none: 1 is
    perfect, 0 no better than to answer the mean of y every time, and below 0 worse than that.
    """
    scores = {
        "mae": metrics.mean_absolute_error(y, values),
        "rmse": metrics.root_mean_squared_error(y, values),
        "r2": metrics.r2_score(y, values),
    }
    return {name: float(value) for name, value in scores.items()}
