"""How good a classifier is, for two classes or more.

Of two classes the second is the positive one; with more, a metric is the mean over the classes
that occur. The metrics are written out, for a bootstrap asks for them a thousand times, and of
resamples that may lack a class: scikit-learn's take several times as long, and stop at these.
A test holds the two against each other.
Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from .serving.outputs import choose

NAMES = {
    "accuracy": "accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "roc_auc": "ROC AUC",
    "average_precision": "average precision",
    "brier": "Brier score",
    "log_loss": "log loss",
}
LOWER_IS_BETTER = {"brier", "log_loss"}


def predict(model: Any, X: Any) -> np.ndarray:
    """The probabilities a model gives [n, classes]."""
    return model.predict_proba(X)


def as_served(probabilities: np.ndarray, about: dict[str, Any]) -> np.ndarray:
    """What a server would answer from [n, classes]: the same."""
    return probabilities


def scorer(output: dict[str, Any]) -> Callable[[np.ndarray, np.ndarray], dict[str, float]]:
    """Return `score` with the threshold that is served."""
    return partial(score, threshold=output["threshold"] or 0.5)


def score(y: np.ndarray, probabilities: np.ndarray, threshold: float = 0.5) -> dict[str, float]:
    """Return every metric of probabilities [n, classes] for the true classes y [n]."""
    rows, count = probabilities.shape
    two = count == 2
    truth = np.eye(count, dtype=bool)[y]  # [n, classes]
    chosen = choose(probabilities, threshold if two else None)
    squares = ((probabilities - truth) ** 2).sum(axis=1)
    said = probabilities[np.arange(rows), y].astype("float64")
    tiny = np.finfo(probabilities.dtype).eps
    asked = slice(1, None) if two else slice(None)  # the classes that are scored
    by_class = score_labels(y, chosen, count) | score_ranks(
        truth[:, asked], probabilities[:, asked]
    )
    scores = {"accuracy": np.mean(chosen == y)}
    scores |= {name: mean_of_defined(each[-1:] if two else each) for name, each in by_class.items()}
    scores["brier"] = squares.mean() / 2 if two else squares.mean()
    scores["log_loss"] = -np.log(said.clip(tiny, 1 - tiny)).mean()
    return {name: float(value) for name, value in scores.items()}


def mean_of_defined(scores: np.ndarray) -> float:
    """The mean of scores [classes] without those that are not numbers."""
    defined = scores[~np.isnan(scores)]
    return float(defined.mean()) if len(defined) else float("nan")


def score_labels(y: np.ndarray, chosen: np.ndarray, count: int) -> dict[str, np.ndarray]:
    """Precision, recall and F1 of each class [classes]; 0 for one that is never right."""
    pairs = np.bincount(y * count + chosen, minlength=count * count).reshape(count, count)
    right, true, said = pairs.diagonal(), pairs.sum(axis=1), pairs.sum(axis=0)
    occurs = np.where(true + said, 1.0, np.nan)
    return {
        "precision": occurs * right / said.clip(1),
        "recall": occurs * right / true.clip(1),
        "f1": occurs * 2 * right / (true + said).clip(1),
    }


def score_ranks(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, np.ndarray]:
    """ROC AUC and average precision of each class [classes] against the rest, from [n, classes].

    A class that no row is of, or every row, has none: not a number.
    """
    each = [rank_scores(truth[:, k], probabilities[:, k]) for k in range(truth.shape[1])]
    auc, average_precision = np.transpose(each)
    return {"roc_auc": auc, "average_precision": average_precision}


def rank_scores(truth: np.ndarray, ranked: np.ndarray) -> tuple[float, float]:
    """ROC AUC (the share of pairs in the right order, ties by half) and average precision."""
    hits = int(truth.sum())
    others = len(truth) - hits
    if not hits or not others:
        return np.nan, np.nan
    order = np.argsort(-ranked)
    ends = np.flatnonzero(np.diff(ranked[order], append=np.nan))  # the last of each equal score
    found = np.cumsum(truth[order])[ends]
    passed = ends + 1 - found
    hits_here, others_here = (np.diff(each, prepend=0) for each in (found, passed))
    auc = hits_here @ (others - passed + others_here / 2) / (hits * others)
    return float(auc), float(hits_here @ (found / (ends + 1)) / hits)
