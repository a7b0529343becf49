"""How good a classifier is, by scikit-learn's own metrics; evaluate.py adds intervals to them.

Of two classes the second is the positive one; with more, a metric is the mean over the classes.
Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from ml_portfolio.bundle.classification import predict_labels
from ml_portfolio.evaluation.scores import classification_scores
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    log_loss,
    precision_recall_fscore_support,
    roc_auc_score,
)


def predict(model: Any, X: Any) -> np.ndarray:
    """Return the probabilities that a model gives [n, classes]."""
    return model.predict_proba(X)


def score(y: np.ndarray, probabilities: np.ndarray, threshold: float = 0.5) -> dict[str, float]:
    """Return every metric of probabilities [n, classes] for the true classes y [n].

    threshold: of two classes, the second is predicted from this probability on
    """
    classes = np.arange(probabilities.shape[1])
    two = len(classes) == 2
    predicted = predict_labels(probabilities, threshold if two else None)
    one_hot = np.eye(len(classes))[y]
    precision, recall, f1, _ = precision_recall_fscore_support(
        y, predicted, average="binary" if two else "macro", zero_division=0
    )
    truth, ranked = (y, probabilities[:, 1]) if two else (one_hot, probabilities)
    scores = {
        "accuracy": accuracy_score(y, predicted),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "roc_auc": roc_auc_score(truth, ranked),
        "average_precision": average_precision_score(truth, ranked),
        "brier": brier_score_loss(y, probabilities, labels=classes),
        "log_loss": log_loss(y, probabilities, labels=classes),
    }
    return {name: float(value) for name, value in scores.items()}


def fast_score(threshold: float = 0.5) -> Callable[[np.ndarray, np.ndarray], dict[str, float]]:
    """Return `score` in a form quick enough for the thousands of resamples of a bootstrap."""
    return partial(classification_scores, threshold=threshold)
