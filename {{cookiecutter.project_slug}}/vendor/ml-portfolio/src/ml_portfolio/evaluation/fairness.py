"""How differently the groups of a sensitive column are treated.

Rates as in https://fairlearn.org/main/user_guide/assessment/common_fairness_metrics.html. Which
difference is unfair is no question of statistics: it depends on what a prediction decides.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, mean_absolute_error

from ml_portfolio.evaluation.metrics import MIN_ROWS
from ml_portfolio.evaluation.slices import group, split_rows

Measure = Callable[[np.ndarray, np.ndarray], float]  # of the truth and the predictions [n]


def classification_measures(labels: Sequence[str]) -> dict[str, Measure]:
    """Return the measures by which groups are compared, of true and predicted classes [n].

    With two classes, how often the second is predicted: for all rows, where it is true, and where
    it is not. With more, how often the prediction is right.
    """
    if len(labels) > 2:
        return {"accuracy": accuracy_score}
    return {
        "selection_rate": positive_rate,
        "true_positive_rate": partial(positive_rate, truth=1),
        "false_positive_rate": partial(positive_rate, truth=0),
    }


def regression_measures() -> dict[str, Measure]:
    """Return the measures by which groups are compared, of true and predicted values [n]."""
    return {
        "mean_error": lambda y, predicted: float(np.mean(predicted - y)),
        "mean_absolute_error": mean_absolute_error,
    }


def positive_rate(y: np.ndarray, predicted: np.ndarray, truth: int | None = None) -> float:
    """Return how often the second class is predicted, among rows of one class; NaN for few rows."""
    rows = np.full(len(y), True) if truth is None else y == truth
    return float(np.mean(predicted[rows] == 1)) if rows.sum() >= MIN_ROWS else float("nan")


def compare_groups(
    y: np.ndarray, predicted: np.ndarray, groups: pd.DataFrame, measures: dict[str, Measure]
) -> list[dict[str, Any]]:
    """Measure each group of each sensitive column [n, columns], and the largest differences.

    y and predicted [n] are classes or values. Groups of few rows are left out: theirs would be the
    largest differences by chance.
    """
    compared = []
    for column in groups:
        rows = dict(split_rows(group(groups[column]).astype(object).fillna("missing")))
        if len(rows) < 2:
            continue
        table = pd.DataFrame(index=list(rows))
        for name, measure in measures.items():
            table[name] = [measure(y[each], predicted[each]) for each in rows.values()]
        rates = {name: table[name].dropna().to_dict() for name in measures}
        differences = (table.max() - table.min()).dropna().to_dict()
        compared.append({"column": str(column), **rates, "differences": differences})
    return compared
