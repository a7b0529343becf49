"""Probabilities of classes as an answer."""

from itertools import compress
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
    """Turn the graph's last output, probabilities [rows, classes], into answers.

    By the rules of `choose` and `label_sets`, but row by row: most requests are one.
    """
    labels = spec.labels
    threshold, least = (rounded(each, probabilities) for each in (spec.threshold, spec.set_from))
    answers: list[dict[str, Any]] = []
    for row in probabilities.tolist():
        top = max(row)
        choice = row.index(top) if threshold is None else row[1] >= threshold
        answer = {"label": labels[choice], "probabilities": dict(zip(labels, row))}  # noqa: B905 (quicker)
        if least is not None:
            answer["plausible"] = list(compress(labels, map(min(least, top).__le__, row)))
        answers.append(answer)
    return answers


def rounded(number: float | None, like: np.ndarray) -> float | None:
    """As NumPy rounds what it compares an array with."""
    return None if number is None else float(like.dtype.type(number))


def label_sets(probabilities: np.ndarray, least: float) -> np.ndarray:
    """Which labels make up each row's set [rows, classes]: the probable ones, and the likeliest."""
    return probabilities >= np.minimum(least, probabilities.max(axis=1, keepdims=True))


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
