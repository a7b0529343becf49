"""The figures of a classifier, in the order in which they are shown."""

from .prose import code, points, sentence, share
from .results import Results
from .shared_captions import SHARED, Caption
from .statements import value
from .wording import say_threshold

FIRST = ("confusion", "slices")  # what README shows, beside what the model goes by
GOOD = 0.03  # a calibration error below this is hardly seen in the figure


def confusion(results: Results) -> str:
    """How much is found, and how much of what is called so is right."""
    scores, labels = results.metrics["model"], results.labels
    if len(labels) == 2:
        one = code(labels[1])
        return (
            f"Of the rows that are {one} the model finds {share(scores['recall'])}; of those that "
            f"it calls {one}, {share(scores['precision'])} are."
        )
    said = f"{share(scores['accuracy'])} of the rows lie on the diagonal, where the answer is right"
    named = [part["group"] for part in results.diagnosis["slices"] if part["group"] in labels]
    worst = f"the class that comes off worst is {code(named[0])}" if named else ""
    return sentence(said, worst)


def roc(results: Results) -> str:
    area = value(results, "roc_auc", results.metrics["model"]["roc_auc"])
    chance = value(results, "roc_auc", results.metrics["baseline"]["roc_auc"])
    over = ", averaged over the classes" if len(results.labels) > 2 else ""
    return f"The area under the curve is {area}{over}; the baseline has {chance}."


def precision_recall(results: Results) -> str:
    average = value(results, "average_precision", results.metrics["model"]["average_precision"])
    chance = value(results, "average_precision", results.metrics["baseline"]["average_precision"])
    return (
        f"Precision is {average} on average over all recalls; the baseline has {chance}, the share "
        "of the class."
    )


def calibration(results: Results) -> str:
    found = results.metrics["calibration"]
    off = found["expected_calibration_error"]
    if off < GOOD:
        return f"The probabilities are close to the diagonal: off by {points(off)} on average."
    said = f"The probabilities are away from the diagonal: off by {points(off)} on average"
    if off <= found["by_chance"]:
        return f"{said}, which is no more than chance explains in {results.rows:,} rows."
    return f"{said}, where chance explains {points(found['by_chance'])}."


def threshold(results: Results) -> str:
    limit = results.metrics["threshold"]
    return say_threshold(limit, results.labels) if limit else ""


CAPTIONS = {
    "confusion": Caption(
        "Which mistakes it makes",
        "Confusion matrix of the test rows: true classes in rows, predicted ones in columns",
        confusion,
    ),
    "roc": Caption(
        "How well it ranks",
        "ROC curve of the test rows beside the diagonal of chance",
        roc,
    ),
    "precision_recall": Caption(
        "What finding more costs",
        "Precision against recall over all thresholds, beside the share of the class",
        precision_recall,
    ),
    "calibration": Caption(
        "Whether its probabilities hold",
        "Predicted probabilities against the shares that came true, beside the diagonal",
        calibration,
    ),
    "threshold": Caption(
        "What each threshold costs",
        "Mean cost of a validation row over all thresholds, with the chosen one marked",
        threshold,
    ),
    **SHARED,
}
