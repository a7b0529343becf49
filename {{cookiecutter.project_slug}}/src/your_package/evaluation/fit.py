"""Whether the model learnt too much by heart or too little: its gap to rows it has not seen."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import clone

from ..dataset import take
from ..metrics import LOWER_IS_BETTER, as_served, predict
from .held_out import HeldOut
from .intervals import Scores, draw_rows, span

RESAMPLES = 300


def measure_gap(
    train: HeldOut, validation: HeldOut, metric: str, scores: Scores, seed: int
) -> dict[str, Any]:
    """The metric on the rows it learnt from and on the validation split, and what that says."""
    seen, unseen = (scores(rows.y, rows.model)[metric] for rows in (train, validation))
    resampled = [
        scores(validation.y[rows], validation.model[rows])[metric]
        for rows in draw_rows(validation.blocks, seed, RESAMPLES)
    ]
    ends = span(np.array(resampled))
    sign = -1 if metric in LOWER_IS_BETTER else 1
    gap, noise = sign * (seen - unseen), (ends["high"] - ends["low"]) / 2
    weak = sign * (unseen - scores(validation.y, validation.baseline)[metric]) <= noise
    figures = f"{metric} is {seen:.4g} on the rows it learnt from, {unseen:.4g} on validation rows"
    said = f"{figures}: no larger a gap than chance explains (±{noise:.2g}), no overfitting shows."
    if gap > noise:
        said = (
            f"{figures}: a gap of {gap:.2g}, more than chance explains (±{noise:.2g}). It "
            "knows some of its own rows by heart (overfitting): more rows or stronger "
            "regularisation may help."
        )
    elif weak:
        said = (
            f"{figures}, hardly better than the baseline on either (underfitting): it needs "
            "features that tell more, or a model that can use them."
        )
    return {"train": seen, "validation": unseen, "gap": gap, "noise": noise, "said": said}


def learning_curve(
    model: Any,
    train: HeldOut,
    validation: HeldOut,
    shares: list[float],
    score_of: Callable[[np.ndarray, np.ndarray], float],
    about: dict[str, Any],
) -> list[dict[str, float]]:
    """The score of the model fitted anew on shares of the training rows, smallest share first.

    The rows are taken at even distances in the order of the target, so that each share has all
    of its range. A share that is too small for the model to be fitted on is left out.
    """
    order = np.argsort(train.y, kind="stable")
    curve = []
    for share in sorted(shares):
        count = max(round(share * len(order)), 1)
        rows = order[np.linspace(0, len(order) - 1, count).astype(int)]
        X, y = take(train.X, rows), train.y[rows]
        fitted = fit_on_few(model, X, y)
        if fitted is None:
            continue
        seen, unseen = (
            score_of(true, as_served(predict(fitted, given), about))
            for given, true in ((X, y), (validation.X, validation.y))
        )
        curve.append({"rows": count, "train": seen, "validation": unseen})
    return curve


def fit_on_few(model: Any, X: Any, y: np.ndarray) -> Any:
    """The model fitted anew, or None where the rows are too few for it or hold not every class."""
    try:
        fitted = clone(model).fit(X, y)
    except ValueError:  # on all rows it was fitted without a fault
        return None
    seen, known = (len(getattr(each, "classes_", ())) for each in (fitted, model))
    return fitted if seen == known else None
