"""How the results of a classifier are put into words."""

from typing import TYPE_CHECKING, Any

from .prose import code, is_number, minus, points, share

if TYPE_CHECKING:
    from .results import Results

HOLDS = "sets of classes"  # what conformal prediction gives
BADLY_CALIBRATED = 0.05  # on average so far off, probabilities are named as a weakness


def number(metric: str, value: float | None) -> str:
    return minus(f"{value:.3f}") if value is not None and is_number(value) else "–"


def unit(metric: str, results: "Results") -> str:
    return ""


def meaning(metric: str, results: "Results") -> str:
    """What a metric says, for who does not know it."""
    labels = results.labels
    one = code(labels[-1]) if len(labels) == 2 else "a class"
    others = code(labels[0]) if len(labels) == 2 else "another"
    said = {
        "accuracy": "the share of rows that are given the right class",
        "precision": f"of the rows that are called {one}, the share that are",
        "recall": f"of the rows that are {one}, the share that are found",
        "f1": f"the harmonic mean of precision and recall for {one}",
        "roc_auc": f"the chance that a row of {one} is given a higher probability of it than a "
        f"row of {others}: 0.5 is guessing, 1 is perfect",
        "average_precision": f"the precision for {one}, averaged over all recalls",
        "brier": "the mean square by which the probabilities are off: 0 is perfect",
        "log_loss": "the mean of -log(probability of the true class): 0 is perfect",
    }[metric]
    averaged = metric not in ("accuracy", "brier", "log_loss") and len(labels) > 2
    return said + (", averaged over the classes" if averaged else "")


def remarks(results: "Results") -> list[str]:
    """What else was measured of the answers: the threshold, the probabilities, the sets."""
    said = []
    if limit := results.metrics.get("threshold"):
        said.append(say_threshold(limit, results.labels))
    if calibration := results.metrics.get("calibration"):
        off, chance = calibration["expected_calibration_error"], calibration["by_chance"]
        said.append(
            f"Probabilities are off by {points(off)} on average (expected calibration error); by "
            f"chance alone, it could be {points(chance)} in so many rows."
        )
    if sets := results.metrics.get("conformal"):
        said.append(
            f"Asked for {share(sets['confidence'], 0)} confidence, the model answers with a set of "
            f"classes ({sets['size']:.2f} on average) that holds the true one for "
            f"{share(sets['coverage'])} of the test rows "
            f"({share(sets['low'])} to {share(sets['high'])})."
        )
    return said


def say_threshold(limit: dict[str, Any], labels: list[str]) -> str:
    """At which probability the second class is answered, for which costs, and what it saves."""
    costs = f"costs of {limit['false_positive_cost']:g} for a wrong {code(labels[1])}"
    costs += f" and {limit['false_negative_cost']:g} for a missed one"
    return (
        f"{code(labels[1])} is answered from a probability of {limit['value']:.2f} on, chosen on "
        f"validation rows for {costs}: a test row then costs {limit['cost']:.3f} on average "
        f"({limit['cost_at_half']:.3f} at 0.5, {limit['cost_of_baseline']:.3f} for the baseline)."
    )


def doubts(results: "Results") -> list[tuple[str, str, float]]:
    """What is weak in a classifier: (title, sentence, share of the answers concerned)."""
    found = results.metrics.get("calibration")
    if not found:
        return []
    off = found["expected_calibration_error"]
    if off < max(BADLY_CALIBRATED, found["by_chance"]):
        return []
    said = f"The probabilities are off by {points(off)} on average: do not read them as they stand"
    return [("Calibration", said, off)]
