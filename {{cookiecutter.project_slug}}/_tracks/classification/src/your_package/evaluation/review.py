"""What a diagnosis asks of a classifier's answers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from fairlearn.metrics import false_positive_rate, selection_rate, true_positive_rate
from sklearn.metrics import accuracy_score

from ..serving.outputs import choose
from .slices import FEWEST

Measures = dict[str, Callable[..., float]]
RANKS = ("roc_auc", "average_precision")
DRAWS = 50  # their mean then varies a seventh as much as one of them; of many rows, fewer do:
FEWEST_DRAWS, ROWS_DRAWN = 10, 5_000_000


def treatment(
    y: np.ndarray, probabilities: np.ndarray, output: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray, Measures]:
    """The true and the answered classes [n], and by what groups of rows are compared.

    Of two classes: how often the second is answered, how often rightly where it is true, and
    wrongly where it is not. With more, how often the answer is right.
    """
    answered = choose(probabilities, output["threshold"])
    if len(output["labels"]) > 2:
        return y, answered, {"accuracy": accuracy_score}
    return (
        y,
        answered,
        {
            "selection_rate": selection_rate,
            "true_positive_rate": among(1, true_positive_rate),
            "false_positive_rate": among(0, false_positive_rate),
        },
    )


def among(place: int, rate: Callable[..., float]) -> Callable[..., float]:
    """A rate among the rows of one class; not a number where these are too few to tell."""

    def measure(y_true: np.ndarray, y_pred: np.ndarray) -> float:
        enough = np.count_nonzero(np.equal(y_true, place)) >= FEWEST
        return rate(y_true, y_pred) if enough else float("nan")

    return measure


def draw_truths(probabilities: np.ndarray, metric: str, seed: int) -> Iterator[np.ndarray]:
    """Yield classes [n] as they could be if the probabilities [n, classes] held.

    Only for a metric of ranks: any other is a mean over rows, and a group's own figure says it all.
    """
    if metric not in RANKS:
        return
    random, ends = np.random.default_rng(seed), probabilities.cumsum(axis=1)
    for _ in range(max(FEWEST_DRAWS, min(DRAWS, ROWS_DRAWN // len(ends)))):
        yield (random.random((len(ends), 1)) * ends[:, -1:] >= ends[:, :-1]).sum(axis=1)


def balance(y: np.ndarray, output: dict[str, Any]) -> dict[str, float]:
    """The share of each class among y [n]."""
    counts = np.bincount(y, minlength=len(output["labels"]))
    return {
        name: float(count / len(y)) for name, count in zip(output["labels"], counts, strict=True)
    }


def find_mistakes(
    y: np.ndarray, probabilities: np.ndarray, output: dict[str, Any], count: int
) -> list[dict[str, Any]]:
    """The wrong answers that the model was surest of: wrong labels in the data show here first."""
    labels, answered = output["labels"], choose(probabilities, output["threshold"])
    sure = probabilities[np.arange(len(y)), answered]
    wrong = np.flatnonzero(answered != y)
    return [
        {
            "row": int(row),
            "truth": labels[y[row]],
            "said": labels[answered[row]],
            "confidence": float(sure[row]),
        }
        for row in wrong[np.argsort(-sure[wrong], kind="stable")][:count]
    ]
