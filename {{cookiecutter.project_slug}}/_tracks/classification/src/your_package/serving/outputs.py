"""Probabilities of classes as an answer."""

from itertools import compress, repeat
from typing import Any

import numpy as np
from pydantic import BaseModel, Field, create_model


class OutputSpec(BaseModel):
    target: str  # what is predicted
    labels: list[str]
    threshold: float | None  # of two classes, the second is answered from this probability on
    confidence: float | None  # with which a set of labels holds the right one, if asked for:
    set_from: float | None  # it has the labels at least this probable


def answer_model(spec: OutputSpec) -> type[BaseModel]:
    """Make the class of one answer, for the API's documentation."""
    fields: dict[str, Any] = {
        "label": (str, Field(description="The predicted class", examples=spec.labels)),
        "probabilities": (dict[str, float], Field(description="The probability of each class")),
    }
    if spec.confidence is not None:
        said = f"Classes of which one is right in {spec.confidence:.0%} of cases like the test's"
        fields["plausible"] = (list[str], Field(description=said, examples=[spec.labels]))
    said = "What the model did not know or had not seen"
    fields["warnings"] = (list[str], Field(description=said))
    return create_model("Answer", **fields)


def decode(spec: OutputSpec, probabilities: np.ndarray) -> list[dict[str, Any]]:
    """Turn the graph's last output, probabilities [rows, classes], into answers."""
    labels = spec.labels
    chosen = choose(probabilities, spec.threshold).tolist()
    named = map(dict, map(zip, repeat(labels), probabilities.tolist()))
    answers: list[dict[str, Any]] = [
        {"label": labels[choice], "probabilities": row}
        for choice, row in zip(chosen, named, strict=True)
    ]
    if spec.set_from is not None:
        sets = label_sets(probabilities, spec.set_from).tolist()
        for answer, kept in zip(answers, map(compress, repeat(labels), sets), strict=True):
            answer["plausible"] = list(kept)
    return answers


def label_sets(probabilities: np.ndarray, least: float) -> np.ndarray:
    """Which labels make up each row's set [rows, classes]: the probable ones, and the likeliest."""
    return (probabilities >= least) | (probabilities == probabilities.max(axis=1, keepdims=True))


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
