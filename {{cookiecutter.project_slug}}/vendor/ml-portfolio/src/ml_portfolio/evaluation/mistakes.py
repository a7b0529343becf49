"""Wrong predictions to look at, and how the truth of a split is distributed."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ml_portfolio.bundle.classification import predict_labels

RANK_METRICS = ("roc_auc", "average_precision")
DRAWS = 50  # their mean then varies a seventh as much as one of them; with many rows, fewer do:
MIN_DRAWS, MAX_ROWS_DRAWN = 10, 5_000_000


def simulate_labels(probabilities: np.ndarray, metric: str, seed: int) -> Iterator[np.ndarray]:
    """Yield classes [n] as they could be if the probabilities [n, classes] were right.

    Nothing for a metric that is a mean over rows: there a group's own value needs no comparison.
    """
    if metric not in RANK_METRICS:
        return
    random, ends = np.random.default_rng(seed), probabilities.cumsum(axis=1)
    for _ in range(max(MIN_DRAWS, min(DRAWS, MAX_ROWS_DRAWN // len(ends)))):
        yield (random.random((len(ends), 1)) * ends[:, -1:] >= ends[:, :-1]).sum(axis=1)


def class_balance(y: np.ndarray, labels: Sequence[str]) -> dict[str, float]:
    """Return the share of each class among y [n]."""
    counts = np.bincount(y, minlength=len(labels))
    return {label: float(count / len(y)) for label, count in zip(labels, counts, strict=True)}


def target_summary(y: np.ndarray) -> dict[str, float]:
    """Return the mean and the standard deviation of y [n], in its unit."""
    return {"mean": float(y.mean()), "standard deviation": float(y.std())}


def most_confident_mistakes(
    y: np.ndarray,
    probabilities: np.ndarray,
    labels: Sequence[str],
    threshold: float | None,
    count: int,
) -> list[dict[str, Any]]:
    """Return the wrong predictions of the highest probability: wrong labels show here first.

    y: true classes [n]; probabilities [n, classes]
    """
    predicted = predict_labels(probabilities, threshold)
    confidence = probabilities[np.arange(len(y)), predicted]
    wrong = np.flatnonzero(predicted != y)
    return [
        {
            "row": int(row),
            "truth": labels[y[row]],
            "predicted": labels[predicted[row]],
            "confidence": float(confidence[row]),
        }
        for row in wrong[np.argsort(-confidence[wrong], kind="stable")][:count]
    ]


def largest_errors(y: np.ndarray, values: np.ndarray, count: int) -> list[dict[str, Any]]:
    """Return the predicted values [n] furthest from y [n]: wrong values in the data show here."""
    error = np.abs(y - values)
    numbers = {"truth": y, "predicted": values, "error": error}
    return [
        {"row": int(row), **{name: float(each[row]) for name, each in numbers.items()}}
        for row in np.argsort(-error, kind="stable")[:count]
    ]
