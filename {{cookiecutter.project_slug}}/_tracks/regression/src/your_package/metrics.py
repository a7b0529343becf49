"""How far predicted numbers are from the true ones, by scikit-learn's own metrics.

Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics
"""

from typing import Any

import numpy as np
from ml_portfolio.evaluation.scores import Score, regression_scores
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error


def predict(model: Any, X: Any) -> np.ndarray:
    """Return the values that a model gives [n], in the target's unit."""
    return model.predict(X)


def score(y: np.ndarray, values: np.ndarray) -> dict[str, float]:
    """Return every metric of predicted values [n] for the true ones y [n].

    mae and rmse are in the target's unit, and rmse weighs large errors more. r2 has none: 1 is
    perfect, 0 no better than always predicting the mean of y, below 0 worse than that.
    """
    scores = {
        "mae": mean_absolute_error(y, values),
        "rmse": root_mean_squared_error(y, values),
        "r2": r2_score(y, values),
    }
    return {name: float(value) for name, value in scores.items()}


def fast_score() -> Score:
    """Return `score` in a form quick enough for the thousands of resamples of a bootstrap."""
    return regression_scores
