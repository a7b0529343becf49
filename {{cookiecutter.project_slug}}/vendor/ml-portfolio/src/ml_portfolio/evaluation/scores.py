"""All metrics of a model at once, also on thousands of resamples of its rows.

scikit-learn's functions take one resample at a time and sort its rows again; these sort once, and
count a row as often as a resample holds it. A test compares the two.
Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ml_portfolio.bundle.classification import predict_labels

Arrays = dict[str, np.ndarray]
# score(y, predictions) gives every metric by name, as numbers; what is not defined is NaN. With
# weights=[n, resamples], how often each resample holds each row, it gives arrays [resamples].
Score = Callable[..., dict[str, Any]]


def classification_scores(
    y: np.ndarray,
    probabilities: np.ndarray,
    threshold: float = 0.5,
    *,
    weights: np.ndarray | None = None,
) -> dict[str, Any]:
    """Return every metric of probabilities [n, classes] for the true classes y [n].

    Of two classes the second is the positive one, predicted from the threshold on; with more, a
    metric is the mean over the classes that occur. weights: see `Score`.
    """
    if weights is None:
        once = classification_scores(y, probabilities, threshold, weights=np.ones((len(y), 1)))
        return {name: float(value[0]) for name, value in once.items()}
    rows, count = probabilities.shape
    two = count == 2
    classes = np.arange(1 if two else 0, count)  # those that are scored
    truth = y[:, None] == np.arange(count)  # [n, classes]
    predicted = predict_labels(probabilities, threshold if two else None)
    squares = ((probabilities - truth) ** 2).sum(axis=1) / (2 if two else 1)
    tiny = np.finfo(probabilities.dtype).eps
    of_truth = probabilities[np.arange(rows), y].astype("float64").clip(tiny, 1 - tiny)
    by_row = [predicted == y, squares, -np.log(of_truth)]
    accuracy, brier, log_loss = weighted_means(by_row, weights)
    by_class = [
        label_scores(truth[:, k], predicted == k, weights)
        | rank_scores(truth[:, k], probabilities[:, k], weights)
        for k in classes
    ]
    means = mean_over_classes(by_class)
    return {"accuracy": accuracy, **means, "brier": brier, "log_loss": log_loss}


def weighted_means(columns: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Return the mean of each column [n] over each resample [columns, resamples]."""
    means: np.ndarray = np.array(columns, dtype="float64") @ weights / weights.sum(axis=0)
    return means


def label_scores(truth: np.ndarray, predicted: np.ndarray, weights: np.ndarray) -> Arrays:
    """Return precision, recall and F1 [resamples] of one class; truth, predicted: is a row of it?

    They are 0 where it is never predicted correctly, undefined where it does not occur.
    """
    hits, actual, claimed = weighted_means([truth & predicted, truth, predicted], weights)
    hits[actual + claimed == 0] = np.nan
    return {
        "precision": hits / np.where(claimed, claimed, 1),
        "recall": hits / np.where(actual, actual, 1),
        "f1": 2 * hits / (actual + claimed),
    }


def rank_scores(truth: np.ndarray, probabilities: np.ndarray, weights: np.ndarray) -> Arrays:
    """Return ROC AUC and average precision [resamples] of one class against the rest.

    ROC AUC is the share of pairs in the right order, where a tie counts by half. Both are undefined
    where no row, or every row, is of the class.
    """
    order = np.argsort(-probabilities, kind="stable")
    starts = np.flatnonzero(np.diff(probabilities[order], prepend=np.nan))  # of equal probabilities
    ordered = weights[order]
    rows = np.add.reduceat(ordered, starts)  # [different probabilities, resamples]
    hits = np.add.reduceat(ordered * truth[order, None], starts)
    rows_above, hits_above = rows.cumsum(axis=0), hits.cumsum(axis=0)  # or equal
    misses, misses_above = rows - hits, rows_above - hits_above
    positives, negatives = hits_above[-1], misses_above[-1]
    pairs = (hits * (negatives - misses_above + misses / 2)).sum(axis=0)
    precision = hits_above / rows_above.clip(1)
    defined = np.where((positives > 0) & (negatives > 0), 1.0, np.nan)
    return {
        "roc_auc": defined * pairs / (positives * negatives).clip(1),
        "average_precision": defined * (hits * precision).sum(axis=0) / positives.clip(1),
    }


def mean_over_classes(scores: list[Arrays]) -> Arrays:
    """Return the mean of each score [resamples] over the classes in which it is defined."""
    tables = {name: np.ma.masked_invalid([each[name] for each in scores]) for name in scores[0]}
    return {name: table.mean(axis=0).filled(np.nan) for name, table in tables.items()}


def regression_scores(
    y: np.ndarray, values: np.ndarray, *, weights: np.ndarray | None = None
) -> dict[str, Any]:
    """Return every metric of predicted values [n] for the true ones y [n]; weights: see `Score`.

    mae and rmse are in the target's unit. r2 has none; it is undefined where all of y is equal.
    """
    if weights is None:
        once = regression_scores(y, values, weights=np.ones((len(y), 1)))
        return {name: float(value[0]) for name, value in once.items()}
    errors, centred = values.astype("float64") - y, y - np.mean(y, dtype="float64")
    columns = [abs(errors), errors**2, centred, centred**2]
    absolute, squared, mean, square = weighted_means(columns, weights)
    variance = square - mean**2
    variance = np.where(variance > 1e-12 * square, variance, np.nan)  # else it is rounding alone
    return {"mae": absolute, "rmse": np.sqrt(squared), "r2": 1 - squared / variance}
