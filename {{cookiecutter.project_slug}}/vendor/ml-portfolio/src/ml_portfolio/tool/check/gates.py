"""The quality gates of params.yaml: their limits, and one table of how each is judged."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import Field

from ml_portfolio.config.params import Strict
from ml_portfolio.evaluation.metrics import MIN_ROWS, direction
from ml_portfolio.tool.check.findings import RERUN, Content, Finding

Verdict = tuple[bool | None, str]  # does the gate hold (None: cannot be judged), and the evidence


class Limits(Strict):
    """The limits in params.yaml's section `quality`."""

    min_gain: float = Field(gt=0)  # over the baseline, in train.metric
    max_slice_gap: float = Field(gt=0)  # how much worse than all test rows, in train.metric
    max_drift: float | None = Field(gt=0)  # from training to test, as PSI; null: no such gate


class ClassificationLimits(Limits):
    max_calibration_error: float = Field(gt=0, lt=1)  # expected calibration error


class RegressionLimits(Limits):
    max_coverage_gap: float = Field(gt=0, lt=1)  # of prediction intervals, below their confidence


LIMITS: dict[str, type[Limits]] = {  # by task
    "classification": ClassificationLimits,
    "regression": RegressionLimits,
}


def gain(least: float, metrics: Content, diagnosis: Content) -> Verdict:
    """Judge the gain over the baseline by the lower end of its interval."""
    metric, level = metrics["metric"], metrics["intervals"]["level"]
    found = metrics["intervals"]["gain"][metric]
    return found["low"] >= least, (
        f"the gain over the baseline in {metric} is {found['value']:.3g} ({100 * level:g} % "
        f"interval {found['low']:.3g} to {found['high']:.3g}); at least {least:g} is required"
    )


def slice_gap(most: float, metrics: Content, diagnosis: Content) -> Verdict:
    """Judge the worst slice of the test rows by `surely_worse_by` (evaluation.slices)."""
    metric, overall = diagnosis["metric"], diagnosis["overall"]
    sign = -direction(metric)
    slices = [each for each in diagnosis["slices"] if is_number(each["value"])]
    if not slices:
        return None, f"no slice has {MIN_ROWS} test rows in which {metric} can be measured"
    worst = max(slices, key=lambda one: (one["surely_worse_by"], sign * (one["value"] - overall)))
    if sign * (worst["value"] - overall) <= 0:
        return True, f"no slice that was measured ({len(slices)}) is worse than all rows"
    certain, expected = worst["surely_worse_by"], worst["expected"]
    predicted = f" and {expected:.3g} was expected" if is_number(expected) else ""
    gap = f"worse by at least {certain:.2g}" if certain else "which may be noise"
    return certain <= most, (
        f"the worst slice is {worst['by']} = {worst['group']} ({worst['rows']:,} rows): {metric} "
        f"{worst['value']:.3g} ({worst['low']:.3g} to {worst['high']:.3g}) where all rows have "
        f"{overall:.3g}{predicted}, {gap}; {most:g} is allowed"
    )


def drift(most: float, metrics: Content, diagnosis: Content) -> Verdict:
    """Judge the largest shift from training to test that chance does not explain."""
    traits = diagnosis["drift"]
    certain = [each for each in traits if each["psi"] > most and each["psi"] > each["by_chance"]]
    worst = max(certain or traits, key=lambda trait: trait["psi"])
    chance = ""
    if not certain and worst["psi"] > most:
        chance = f", but with so few rows chance alone explains {worst['by_chance']:.2g}"
    return not certain, (
        f"from training to test, {worst['trait']} shifts most: PSI {worst['psi']:.2g}, at most "
        f"{most:g} is allowed{chance}"
    )


def calibration(most: float, metrics: Content, diagnosis: Content) -> Verdict:
    """Judge the expected calibration error, unless chance explains it with so few rows."""
    found = metrics["calibration"]
    error, chance = found["expected_calibration_error"], found["by_chance"]
    message = (
        f"the expected calibration error is {100 * error:.2g} percentage points; at most "
        f"{100 * most:g} are allowed"
    )
    if error > most:
        message += f", and chance alone explains {100 * chance:.2g}"
    return error <= max(most, chance), message


def coverage(most: float, metrics: Content, diagnosis: Content) -> Verdict:
    """Judge the coverage of prediction intervals by the better end of its own interval."""
    found = metrics["conformal"]
    if found is None:
        return None, "the model gives no prediction intervals (evaluate.confidence is 0)"
    return found["high"] >= found["confidence"] - most, (
        f"intervals of {100 * found['confidence']:g} % cover {100 * found['coverage']:.3g} % of "
        f"the test rows ({100 * found['low']:.3g} to {100 * found['high']:.3g} %); a gap of "
        f"{100 * most:g} percentage points is allowed"
    )


class Gate(NamedTuple):
    judge: Callable[[float, Content, Content], Verdict]  # the limit, metrics.json, diagnosis.json
    promise: str  # what the evaluation plan states, with the {limit} and the {metric}
    advice: str


GATES = {
    "min_gain": Gate(
        gain,
        "On the test rows, `{metric}` must be better than the baseline's by at least {limit}: the "
        "lower end of the 95 % interval of the gain counts (`quality.min_gain`).",
        "Find a better model or more data, or state in README.md that it is not worth the effort.",
    ),
    "max_slice_gap": Gate(
        slice_gap,
        "No slice of the test rows may be worse than all of them by more than {limit} of "
        "`{metric}`: the better end of its interval counts (`quality.max_slice_gap`).",
        "Look at this slice: collect more of its rows, or state it as a limit and raise the gate.",
    ),
    "max_drift": Gate(
        drift,
        "Nothing may shift so much from training to test that its population stability index "
        "exceeds {limit} (`quality.max_drift`).",
        "Look at what shifted: is it a fault, or does the split resemble the use? State it in the "
        "plan.",
    ),
    "max_calibration_error": Gate(
        calibration,
        "Probabilities must be calibrated: an expected calibration error of at most {limit} "
        "(`quality.max_calibration_error`).",
        "Calibrate the probabilities, or do not show them as such.",
    ),
    "max_coverage_gap": Gate(
        coverage,
        "Prediction intervals must cover the true value about as often as they promise: at most "
        "{limit} less (`quality.max_coverage_gap`).",
        "The rows that set the width differ from the test rows: state it, or choose another split.",
    ),
}


def judge(name: str, limit: float | None, metrics: Content, diagnosis: Content) -> Finding:
    """Judge a gate by the reports; one that they do not cover is unknown."""
    if limit is None:
        return Finding("note", f"no limit is set for quality.{name} in params.yaml")
    gate = GATES[name]
    try:
        holds, message = gate.judge(limit, metrics, diagnosis)
    except (KeyError, TypeError, ValueError):
        return Finding("unknown", f"nothing in reports/ shows quality.{name}", RERUN)
    if holds is None:
        return Finding("note", message)
    if holds:
        return Finding("ok", message)
    return Finding("todo", f"{message} (quality.{name})", gate.advice)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
