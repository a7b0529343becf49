"""How good a classifier is, for two classes or more.

Of two classes the second is the positive one; with more, a metric is the mean over the classes.
Definitions: https://scikit-learn.org/stable/modules/model_evaluation.html
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn import metrics

from .serving.outputs import choose

LOWER_IS_BETTER = {"brier", "log_loss"}


def predict(model: Any, X: Any) -> np.ndarray:
    """The probabilities a model gives [n, classes]."""
    return model.predict_proba(X)


def score(y: np.ndarray, probabilities: np.ndarray, threshold: float = 0.5) -> dict[str, float]:
    """Return every metric of probabilities [n, classes] for the true classes y [n]."""
    classes = np.arange(probabilities.shape[1])
    truth = (y[:, None] == classes).astype(int)  # [n, classes]
    chosen = choose(probabilities, threshold if len(classes) == 2 else None)
    average: dict[str, Any] = {"average": "binary"} if len(classes) == 2 else {"average": "macro"}
    if len(classes) == 2:
        truth, ranked = truth[:, 1], probabilities[:, 1]
    else:
        ranked = probabilities
    by_label: dict[str, Callable[..., float]] = {
        "precision": metrics.precision_score,
        "recall": metrics.recall_score,
        "f1": metrics.f1_score,
    }
    scores = {"accuracy": metrics.accuracy_score(y, chosen)}
    scores |= {n: f(y, chosen, zero_division=0, **average) for n, f in by_label.items()}
    scores |= {
        "roc_auc": metrics.roc_auc_score(truth, ranked),
        "average_precision": metrics.average_precision_score(truth, ranked),
        "brier": metrics.brier_score_loss(y, probabilities if len(classes) > 2 else ranked),
        "log_loss": metrics.log_loss(y, probabilities, labels=classes),
    }
    # Threads add up in any order, which shows in the last digits: those are left out.
    return {name: float(f"{value:.10g}") for name, value in scores.items()}
