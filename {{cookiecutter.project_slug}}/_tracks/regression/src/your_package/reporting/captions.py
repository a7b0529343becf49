"""The figures of a regression, in the order in which they are shown."""

from .prose import share
from .results import Results
from .shared_captions import SHARED, Caption
from .statements import value
from .wording import remarks

FIRST = ("predicted", "slices")  # what README shows, beside what the model goes by


def predicted(results: Results) -> str:
    scores = results.metrics["model"]
    told = share(max(scores["r2"], 0))
    return (
        f"On the dashed line the answer is right. Answers are off by "
        f"{value(results, 'mae', scores['mae'])} on average and account for {told} of the variance."
    )


def errors(results: Results) -> str:
    model, baseline = results.metrics["model"], results.metrics["baseline"]
    side = "left of" if model["mae"] < baseline["mae"] else "not left of"
    return (
        f"The further left a line, the smaller the errors: the model, off by "
        f"{value(results, 'mae', model['mae'])} on average, is {side} the baseline with "
        f"{value(results, 'mae', baseline['mae'])}."
    )


def errors_by(results: Results) -> str:
    model, baseline = results.metrics["model"], results.metrics["baseline"]
    return (
        f"Where the model's line is above the baseline's, the baseline is the better one; over all "
        f"rows it is {value(results, 'mae', model['mae'])} against "
        f"{value(results, 'mae', baseline['mae'])}."
    )


def coverage(results: Results) -> str:
    return " ".join(remarks(results))


CAPTIONS = {
    "predicted": Caption(
        "Predicted and true",
        "True against predicted values of the test rows, darker where there are more",
        predicted,
    ),
    "errors": Caption(
        "How large the errors are",
        "Share of test rows within an error, for model and baseline",
        errors,
    ),
    "errors_by": Caption(
        "Where the errors are",
        "Mean error of model and baseline along one feature",
        errors_by,
    ),
    "coverage": Caption(
        "Whether its bands hold",
        "How often the band holds the true value, from small answers to large, beside the aim",
        coverage,
    ),
    **SHARED,
}
