"""A measured value as an answer."""

from typing import Any

import numpy as np
from pydantic import BaseModel, Field, create_model


class OutputSpec(BaseModel):
    target: str  # what is predicted
    unit: str
    min: float | None  # no answer is below this,
    max: float | None  # or above that
    spread: float = Field(gt=0)  # the target's standard deviation among the test rows


def answer_model(spec: OutputSpec) -> type[BaseModel]:
    """Make the class of one answer, for the API's documentation."""
    return create_model(
        "Answer",
        value=(float, Field(description=f"The predicted {spec.target}")),
        unit=(str, Field(description="What the value is measured in", examples=[spec.unit])),
        warnings=(list[str], Field(description="What the model did not know or had not seen")),
    )


def decode(spec: OutputSpec, values: np.ndarray) -> list[dict[str, Any]]:
    """Turn the graph's last output, values [rows, 1] or [rows], into answers."""
    within = clip(values.reshape(-1), spec.min, spec.max)
    return [{"value": value, "unit": spec.unit} for value in within.tolist()]


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
