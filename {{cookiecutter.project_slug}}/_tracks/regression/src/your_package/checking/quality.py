"""The quality gates of a model that predicts a number, and what its metrics mean."""

from pydantic import Field

from .gates import COMMON, CommonGates, Gate, Measured, Verdict


class QualityParams(CommonGates):
    max_coverage_gap: float = Field(gt=0, lt=1)  # of prediction intervals, below what they promise


def coverage(most: float, metrics: Measured, diagnosis: Measured) -> Verdict:
    """Whether prediction intervals hold the true value about as often as they promise.

    Judged by the better end of the interval of the coverage, so that noise does not fail it.
    """
    found = metrics["conformal"]
    return found["high"] >= found["confidence"] - most, (
        f"intervals of {100 * found['confidence']:g} % hold {100 * found['coverage']:.3g} % of the "
        f"test rows ({100 * found['low']:.3g} to {100 * found['high']:.3g} %); a gap of "
        f"{100 * most:g} points is allowed"
    )


GATES = COMMON | {
    "max_coverage_gap": Gate(
        coverage,
        "Prediction intervals hold the true value as often as they promise, or less often by at "
        "most {limit} of the rows (`quality.max_coverage_gap`).",
        "The rows that set the width are unlike the test rows: say so, or split otherwise.",
    )
}
METRICS = {
    "mae": "the mean of how far an answer is off, in the target's unit",
    "rmse": "the same, but large errors weigh more: the root of the mean squared error",
    "r2": "the share of the variance that is explained: 1 is perfect, 0 no better than the mean",
}
