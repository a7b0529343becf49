"""Probabilities of classes as an answer."""

from itertools import compress
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field, create_model

from ml_portfolio.bundle.protocols import Answer


class ClassificationOutput(BaseModel):
    """How probabilities become a label, and a set of labels where one is asked for."""

    task: Literal["classification"] = "classification"
    target: str  # what is predicted
    labels: list[str]
    threshold: float | None  # of two classes, the second is predicted from this probability on
    confidence: float | None  # the probability that a set of labels holds the true one
    min_probability: float | None  # a set has the labels that are at least this probable

    def answer_model(self) -> type[BaseModel]:
        """Make the class of one answer, for the API's documentation."""
        fields: dict[str, Any] = {
            "label": (str, Field(description="The predicted class", examples=self.labels)),
            "probabilities": (dict[str, float], Field(description="The probability of each class")),
        }
        if self.confidence is not None:
            share = f"{self.confidence:.0%} of rows like those of the test"
            about = f"Classes of which one is the true class, for {share}"
            fields["plausible"] = (list[str], Field(description=about, examples=[self.labels]))
        about = "What the model did not know, or had not seen in training"
        fields["warnings"] = (list[str], Field(description=about))
        return create_model("Answer", **fields)

    def decode(self, outputs: np.ndarray) -> list[Answer]:
        """Turn probabilities [rows, classes] into answers.

        By the rules of `choose` and `label_sets`, but row by row: most requests hold one.
        """
        labels, kind = self.labels, outputs.dtype.type  # limits are rounded as NumPy rounds them
        threshold, least = (
            None if number is None else float(kind(number))
            for number in (self.threshold, self.min_probability)
        )
        answers: list[Answer] = []
        for row in outputs.tolist():
            top = max(row)
            choice = row.index(top) if threshold is None else row[1] >= threshold
            answer = {"label": labels[choice], "probabilities": dict(zip(labels, row))}  # noqa: B905 (faster)
            if least is not None:
                answer["plausible"] = list(compress(labels, map(min(least, top).__le__, row)))
            answers.append(answer)
        return answers

    def counted(self, answer: Answer) -> str:
        """Return the name under which an answer is counted for monitoring."""
        return str(answer["label"])

    def difference(self, expected: Answer, actual: Answer) -> float:
        """Return the largest gap between probabilities. Labels follow from these, save at a tie."""
        probabilities = actual["probabilities"]
        pairs = expected["probabilities"].items()
        return float(max(abs(probability - probabilities[label]) for label, probability in pairs))


def predict_labels(probabilities: np.ndarray, threshold: float | None) -> np.ndarray:
    """Return the class of each row [rows]: by the threshold of two classes, else the likeliest."""
    if threshold is None:
        return np.asarray(probabilities.argmax(axis=1))
    return (probabilities[:, 1] >= threshold).astype(int)


def label_sets(probabilities: np.ndarray, min_probability: float) -> np.ndarray:
    """Return which labels are in each row's set [rows, classes]; the likeliest always is."""
    highest = probabilities.max(axis=1, keepdims=True)
    return np.asarray(probabilities >= np.minimum(min_probability, highest))
