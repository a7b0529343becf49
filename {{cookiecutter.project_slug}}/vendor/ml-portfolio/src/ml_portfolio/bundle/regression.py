"""A measured value as an answer."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field, create_model

from ml_portfolio.bundle.protocols import Answer


class RegressionOutput(BaseModel):
    """How a value is limited, and the interval around it where one is asked for."""

    task: Literal["regression"] = "regression"
    target: str  # what is predicted
    unit: str
    min: float | None  # no answer is below this,
    max: float | None  # or above that
    spread: float = Field(gt=0)  # the target's standard deviation among the test rows
    confidence: float | None  # the probability that an interval holds the true value
    level_ends: list[float]  # predictions are grouped in levels, whose ends are these;
    half_widths: list[float]  # an interval of each level reaches this far to either side

    def answer_model(self) -> type[BaseModel]:
        """Make the class of one answer, for the API's documentation."""
        fields: dict[str, Any] = {
            "value": (float, Field(description=f"The predicted {self.target}")),
            "unit": (str, Field(description="The unit of the value", examples=[self.unit])),
        }
        if self.confidence is not None:
            about = f"of an interval that has the true value for {self.confidence:.0%} of such rows"
            fields["low"] = (float, Field(description=f"The lower end {about}"))
            fields["high"] = (float, Field(description=f"The upper end {about}"))
        about = "What the model did not know, or had not seen in training"
        fields["warnings"] = (list[str], Field(description=about))
        return create_model("Answer", **fields)

    def decode(self, outputs: np.ndarray) -> list[Answer]:
        """Turn values [rows, 1] or [rows] into answers.

        By the rule of `half_widths`, but row by row: most requests hold one.
        """
        lowest = -math.inf if self.min is None else self.min
        highest = math.inf if self.max is None else self.max
        answers: list[Answer] = []
        for value in clip(outputs.reshape(-1), self.min, self.max).tolist():
            answer = {"value": value, "unit": self.unit}
            if self.confidence is not None:
                reach = self.half_widths[bisect_left(self.level_ends, value)]
                answer |= {"low": max(value - reach, lowest), "high": min(value + reach, highest)}
            answers.append(answer)
        return answers

    def counted(self, answer: Answer) -> str:
        """Return the name under which an answer is counted for monitoring."""
        return "value"

    def difference(self, expected: Answer, actual: Answer) -> float:
        """Return the gap in standard deviations of the target: one tolerance fits every unit.

        A share of the value itself would not do near zero.
        """
        return float(abs(expected["value"] - actual["value"]) / self.spread)


def half_widths(values: np.ndarray, ends: Sequence[float], widths: Sequence[float]) -> np.ndarray:
    """Return how far the interval of each predicted value [rows] reaches to either side."""
    return np.asarray(widths)[np.searchsorted(ends, values)]


def clip(values: np.ndarray, low: float | None, high: float | None) -> np.ndarray:
    """Limit values [rows] to what is possible: a model may predict -3 bikes."""
    return values if low is None and high is None else np.clip(values, low, high)
