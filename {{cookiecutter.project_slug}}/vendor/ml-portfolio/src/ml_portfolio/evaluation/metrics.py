"""What each metric is called, what it means, and which way is better."""

from collections.abc import Iterable
from dataclasses import dataclass

from ml_portfolio.config.errors import UserError

MIN_ROWS = 30  # a group with fewer rows is too small to be measured


@dataclass(frozen=True)
class Metric:
    """A metric in words, as they stand in the middle of a sentence."""

    title: str
    meaning: str  # may name the classes {positive} and {negative}
    lower_is_better: bool = False
    by_class: bool = False  # with more than two classes, it is the mean over them
    in_unit: bool = False  # it is measured in the target's unit


METRICS = {
    "accuracy": Metric("accuracy", "the share of rows whose class is predicted correctly"),
    "precision": Metric(
        "precision", "of the rows predicted as {positive}, the share that are", by_class=True
    ),
    "recall": Metric(
        "recall", "of the rows that are {positive}, the share that are found", by_class=True
    ),
    "f1": Metric("F1", "the harmonic mean of precision and recall for {positive}", by_class=True),
    "roc_auc": Metric(
        "ROC AUC",
        "the chance that a row of {positive} gets a higher probability of it than a row of "
        "{negative}: 0.5 is guessing, 1 is perfect",
        by_class=True,
    ),
    "average_precision": Metric(
        "average precision", "the mean precision for {positive} over all recalls", by_class=True
    ),
    "brier": Metric(
        "Brier score", "the mean squared error of the probabilities: 0 is perfect", True
    ),
    "log_loss": Metric(
        "log loss", "the mean of -log(probability of the true class): 0 is perfect", True
    ),
    "mae": Metric(
        "mean absolute error", "the mean distance from the actual value", True, in_unit=True
    ),
    "rmse": Metric(
        "root mean squared error",
        "the typical distance from the actual value, in which large errors weigh more",
        lower_is_better=True,
        in_unit=True,
    ),
    "r2": Metric(
        "R²",
        "the share of the target's variance that is explained: 1 is perfect, 0 is no better than "
        "predicting the mean",
    ),
}


def direction(metric: str) -> int:
    """Return 1 where a higher value is better, -1 where a lower one is; for unknown metrics 1."""
    return -1 if metric in METRICS and METRICS[metric].lower_is_better else 1


def check_metric(metric: str, measured: Iterable[str]) -> None:
    """Raise UserError where train.metric is none of those measured."""
    if metric not in (known := list(measured)):
        raise UserError(f"params.yaml: train.metric '{metric}' is not one of {', '.join(known)}.")
