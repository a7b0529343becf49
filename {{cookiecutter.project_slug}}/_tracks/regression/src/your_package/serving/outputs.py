"""A measured value as an answer."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, Field, create_model


class OutputSpec(BaseModel):
    target: str  # what is predicted
    unit: str
    min: float | None  # no answer is below this,
    max: float | None  # or above that
    spread: float = Field(gt=0)  # the target's standard deviation among the test rows
    confidence: float | None  # with which an interval holds the true value, if asked for:
    level_ends: list[float]  # by the level of the predicted one, whose ends are these,
    half_widths: list[float]  # it reaches this far below and above that


def answer_model(spec: OutputSpec) -> type[BaseModel]:
    """Make the class of one answer, for the API's documentation."""
    fields: dict[str, Any] = {
        "value": (float, Field(description=f"The predicted {spec.target}")),
        "unit": (str, Field(description="What the value is measured in", examples=[spec.unit])),
    }
    if spec.confidence is not None:
        held = f"of an interval that holds {spec.confidence:.0%} of true values like the test's"
        fields["low"] = (float, Field(description=f"The lower end {held}"))
        fields["high"] = (float, Field(description=f"The upper end {held}"))
    said = "What the model did not know or had not seen"
    fields["warnings"] = (list[str], Field(description=said))
    return create_model("Answer", **fields)


def decode(spec: OutputSpec, values: np.ndarray) -> list[dict[str, Any]]:
    """Turn the graph's last output, values [rows, 1] or [rows], into answers.

    By the rule of `half_widths`, but row by row: most requests are one.
    """
    lowest = -math.inf if spec.min is None else spec.min
    highest = math.inf if spec.max is None else spec.max
    answers: list[dict[str, Any]] = []
    for value in clip(values.reshape(-1), spec.min, spec.max).tolist():
        answer = {"value": value, "unit": spec.unit}
        if spec.confidence is not None:
            reach = spec.half_widths[bisect_left(spec.level_ends, value)]
            answer |= {"low": max(value - reach, lowest), "high": min(value + reach, highest)}
        answers.append(answer)
    return answers


def half_widths(
    values: np.ndarray, level_ends: Sequence[float], widths: Sequence[float]
) -> np.ndarray:
    """How far the interval of each predicted value [rows] reaches to either side."""
    return np.asarray(widths)[np.searchsorted(level_ends, values)]


def clip(values: np.ndarray, low: float | None, high: float | None) -> np.ndarray:
    """The nearest values [rows] that can be: a model knows no limits and may answer -3 bikes."""
    return values if low is None and high is None else np.clip(values, low, high)


def counted(answer: dict[str, Any]) -> str:
    """Under which name an answer is counted for monitoring."""
    return "value"


def difference(spec: OutputSpec, wanted: dict[str, Any], got: dict[str, Any]) -> float:
    """How far two answers to one request are apart, in standard deviations of the target.

    So one tolerance fits every unit; a share of the value itself would not do near zero.
    """
    return abs(wanted["value"] - got["value"]) / spec.spread
