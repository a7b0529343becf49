"""The quality gates of a classifier, and what its metrics mean."""

from pydantic import Field

from .gates import COMMON, CommonGates, Gate, Measured, Verdict


class QualityParams(CommonGates):
    max_calibration_error: float = Field(gt=0, lt=1)  # expected calibration error


def calibration(most: float, metrics: Measured, diagnosis: Measured) -> Verdict:
    """Whether a probability of 80 % is right about 80 % of the time, as far as rows can tell."""
    error = metrics["calibration"]["expected_calibration_error"]
    said = f"probabilities are {100 * error:.2g} points off on average; at most {100 * most:g} are "
    if error <= most:
        return True, f"{said}allowed"
    chance = metrics["calibration"]["by_chance"]
    explained = "chance alone explains" if error <= chance else "chance explains no more than"
    return error <= chance, f"{said}allowed, and {explained} {100 * chance:.2g} in so many rows"


GATES = COMMON | {
    "max_calibration_error": Gate(
        calibration,
        "Probabilities mean what they say: the expected calibration error is at most {limit} "
        "(`quality.max_calibration_error`).",
        "Calibrate the probabilities, or do not show them as such.",
    )
}
METRICS = {
    "accuracy": "the share of rows that get the right class",
    "precision": "of the rows that are called positive, the share that are",
    "recall": "of the rows that are positive, the share that are called so",
    "f1": "the harmonic mean of precision and recall",
    "roc_auc": "how often a positive row is ranked above a negative one: 0.5 is chance, 1 perfect",
    "average_precision": "the mean precision over all thresholds, weighed by the recall gained",
    "brier": "the mean squared error of the probabilities",
    "log_loss": "the mean surprise at the right class: sure and wrong costs most",
}
