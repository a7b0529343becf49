"""Probabilities of classes as an answer."""

from typing import Any

import numpy as np
from pydantic import BaseModel, Field, create_model


class OutputSpec(BaseModel):
    target: str  # what is predicted
    labels: list[str]
    threshold: float | None  # of two classes, the second is answered from this probability on


def answer_model(spec: OutputSpec) -> type[BaseModel]:
    """Make the class of one answer, for the API's documentation."""
    return create_model(
        "Answer",
        label=(str, Field(description="The predicted class", examples=spec.labels)),
        probabilities=(dict[str, float], Field(description="The probability of each class")),
        warnings=(list[str], Field(description="What the model did not know or had not seen")),
    )


def decode(spec: OutputSpec, probabilities: np.ndarray) -> list[dict[str, Any]]:
    """Turn the graph's last output, probabilities [rows, classes], into answers."""
    return [
        {
            "label": spec.labels[choice],
            "probabilities": dict(zip(spec.labels, row, strict=True)),
        }
        for choice, row in zip(
            choose(probabilities, spec.threshold), probabilities.tolist(), strict=True
        )
    ]


def choose(probabilities: np.ndarray, threshold: float | None) -> np.ndarray:
    """The class of each row [rows]: by the threshold where there are two, else the likeliest."""
    if threshold is None:
        return probabilities.argmax(axis=1)
    return (probabilities[:, 1] >= threshold).astype(int)


def counted(answer: dict[str, Any]) -> str:
    """Under which name an answer is counted for monitoring."""
    return answer["label"]


def difference(spec: OutputSpec, wanted: dict[str, Any], got: dict[str, Any]) -> float:
    """How far two answers to one request are apart: the largest gap between probabilities.

    Labels follow from these, save at a tie."""
    return max(
        abs(probability - got["probabilities"][label])
        for label, probability in wanted["probabilities"].items()
    )
