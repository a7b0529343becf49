"""Which words a prediction depends on, for some test texts: a part of the stage `evaluate`.

Occlusion (Li et al. 2016, https://arxiv.org/abs/1612.08220): each word is left out in turn, and by
how much the probability of the predicted class falls is the word's effect.
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from ml_portfolio.bundle.classification import ClassificationOutput, predict_labels
from ml_portfolio.config.params import Strict
from ml_portfolio.evaluation.figures_explanation import draw_words
from ml_portfolio.evaluation.predictions import HeldOut
from pydantic import Field

from .metrics import predict

SHORTEST = 0.1  # the share of texts that are short enough in any case


class ExplainParams(Strict):
    texts: int = Field(ge=1)  # of right answers, and as many of wrong ones
    max_words: int = Field(ge=1)  # longer texts are not explained


def explain(
    model: Any,
    X: np.ndarray,
    test: HeldOut,
    decision: ClassificationOutput,
    metric: str,
    params: ExplainParams,
) -> tuple[dict[str, Any], dict[str, Figure]]:
    """Return the effect of each word of some texts of X [n], and their figure."""
    predicted = predict_labels(test.model, decision.threshold)  # [n]
    probability = test.model[np.arange(len(predicted)), predicted]  # [n]
    examples = [
        {
            "truth": decision.labels[test.y[row]],
            "predicted": decision.labels[predicted[row]],
            "probability": float(probability[row]),
            "words": word_effects(model, X[row], predicted[row]),
        }
        for row in choose_texts(X, predicted == test.y, probability, params)
    ]
    summary = "In the texts shown, the prediction depends most on the words drawn in red."
    if not examples:
        summary = "No test text has two words with a space between them, so none is explained."
    explanation = {"method": "occlusion", "features": [], "examples": examples, "summary": summary}
    return explanation, {"words": draw_words(examples)} if examples else {}


def word_effects(model: Any, text: str, label: int) -> list[dict[str, Any]]:
    """Return by how much the probability of a label falls without each word of a text."""
    words = text.split()
    without = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    probability = predict(model, np.array([text, *without], dtype=object))[:, label]  # [1 + words]
    effects = probability[0] - probability[1:]
    return [{"word": w, "effect": float(e)} for w, e in zip(words, effects, strict=True)]


def choose_texts(
    X: np.ndarray, right: np.ndarray, probability: np.ndarray, params: ExplainParams
) -> list[int]:
    """Return the rows of the least confident right answers and of the most confident wrong ones."""
    words = np.array([len(text.split()) for text in X])
    short = (words > 1) & (words <= max(params.max_words, np.quantile(words, SHORTEST)))
    order = np.argsort(probability, kind="stable")
    correct, mistaken = order[(right & short)[order]], order[(~right & short)[order]]
    return [*correct[: params.texts].tolist(), *mistaken[::-1][: params.texts].tolist()]
