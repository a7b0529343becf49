"""How well the model does on rows it was not fitted on: overfitting, underfitting, more rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import clone

from ml_portfolio.evaluation.bootstrap import percentile_interval, resampled_scores
from ml_portfolio.evaluation.metrics import direction
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import Score

RESAMPLES = 300


def generalization_gap(
    train: HeldOut, validation: HeldOut, metric: str, score: Score, seed: int
) -> dict[str, Any]:
    """Compare the metric on training and validation rows.

    gap: how much better it is in training; noise: half the width of its validation interval.
    verdict: "overfitting" if the gap is larger than the noise, else "underfitting" if the model is
    no better than the baseline by more than the noise, else "none".
    """
    fitted, unseen = (float(score(part.y, part.model)[metric]) for part in (train, validation))
    baseline = float(score(validation.y, validation.baseline)[metric])
    resampled = resampled_scores(
        validation.y, validation.model, validation.blocks, score, seed, RESAMPLES
    )
    interval = percentile_interval(resampled[metric])
    sign, noise = direction(metric), (interval["high"] - interval["low"]) / 2
    gap, verdict = sign * (fitted - unseen), "none"
    if gap > noise:
        verdict = "overfitting"
    elif sign * (unseen - baseline) <= noise:
        verdict = "underfitting"
    return {"train": fitted, "validation": unseen, "gap": gap, "noise": noise, "verdict": verdict}


def learning_curve(
    model: Any,
    X: Any,
    y: np.ndarray,
    X_validation: Any,
    y_validation: np.ndarray,
    shares: list[float],
    score_of: Callable[[Any, Any, np.ndarray], float],
) -> list[dict[str, float]]:
    """Score the model, fitted again on shares of the training rows, the smallest share first.

    score_of(fitted, X, y) is the metric. Rows are taken at even distances in the order of y, so
    that each share has its full range. A share too small for the model to be fitted is left out.
    """
    order = np.argsort(y, kind="stable")
    curve = []
    for share in sorted(shares):
        count = max(round(share * len(order)), 1)
        rows = order[np.linspace(0, len(order) - 1, count).astype(int)]
        X_some, y_some = X.iloc[rows] if hasattr(X, "iloc") else X[rows], y[rows]
        fitted = fit_again(model, X_some, y_some)
        if fitted is not None:
            train = score_of(fitted, X_some, y_some)
            validation = score_of(fitted, X_validation, y_validation)
            curve.append({"rows": count, "train": train, "validation": validation})
    return curve


def fit_again(model: Any, X: Any, y: np.ndarray) -> Any:
    """Return the model fitted on X and y; None where rows are too few or a class is missing."""
    try:
        fitted = clone(model).fit(X, y)
    except ValueError:  # on all rows it could be fitted
        return None
    classes, known = (len(getattr(each, "classes_", ())) for each in (fitted, model))
    return fitted if classes == known else None
