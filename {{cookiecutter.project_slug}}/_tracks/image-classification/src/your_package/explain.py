"""Which parts of an image a prediction depends on: a part of the stage `evaluate`.

Occlusion (Zeiler & Fergus 2014, section 4.2, https://arxiv.org/abs/1311.2901): a grey patch is slid
over the image. Where the probability of the predicted class drops, the patch covered what mattered.
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from ml_portfolio.bundle.classification import ClassificationOutput, predict_labels
from ml_portfolio.config.params import Strict
from ml_portfolio.evaluation.figures_explanation import Occlusion, draw_occlusion
from ml_portfolio.evaluation.predictions import HeldOut
from pydantic import Field

from .metrics import predict


class ExplainParams(Strict):
    pictures: int = Field(ge=1)  # so many correct predictions are explained, and as many wrong ones
    patch: int = Field(ge=1)  # the side of the patch, in pixels
    stride: int = Field(ge=1)  # by how many pixels it is moved


def explain(
    model: Any,
    X: np.ndarray,
    test: HeldOut,
    decision: ClassificationOutput,
    metric: str,
    params: ExplainParams,
) -> tuple[dict[str, Any], dict[str, Figure]]:
    """Return a summary of the occlusion maps of some test images X, and their figure."""
    predicted = predict_labels(test.model, decision.threshold)
    probability = test.model[np.arange(len(predicted)), predicted]
    grey = int(X.mean())
    occlusions = [
        Occlusion(
            image=X[row],
            drop=occlude(model, X[row], int(predicted[row]), grey, params),
            predicted=f"{decision.labels[predicted[row]]} {probability[row]:.0%}",
            truth=None if predicted[row] == test.y[row] else decision.labels[test.y[row]],
        )
        for row in select_images(test.y, predicted, probability, params.pictures)
    ]
    explanation = {
        "method": "occlusion",
        "features": [],
        "examples": [],
        "summary": summarize(occlusions, params.patch),
    }
    return explanation, {"occlusion": draw_occlusion(occlusions, params.pictures)}


def occlude(
    model: Any, image: np.ndarray, label: int, grey: int, params: ExplainParams
) -> np.ndarray:
    """Return by how much the probability of a class drops where the patch lies [height, width].

    A pixel under several patches gets their mean. Every pixel is under at least one.
    """
    height, width, _ = image.shape
    corners = [
        (top, left)
        for top in patch_starts(height, params.patch, params.stride)
        for left in patch_starts(width, params.patch, params.stride)
    ]
    covered = np.zeros((len(corners), height, width), bool)
    for number, (top, left) in enumerate(corners):
        covered[number, top : top + params.patch, left : left + params.patch] = True
    occluded = np.repeat(image[None], len(corners), axis=0)  # [patches, height, width, channels]
    occluded[covered] = grey
    drops = predict(model, image[None])[0, label] - predict(model, occluded)[:, label]  # [patches]
    return np.tensordot(drops, covered, axes=1) / covered.sum(axis=0)


def patch_starts(length: int, patch: int, stride: int) -> list[int]:
    """Return where the patches begin along a side; the last one ends with the side."""
    last = max(length - patch, 0)
    return sorted({*range(0, last, stride), last})


def select_images(
    y: np.ndarray, predicted: np.ndarray, probability: np.ndarray, count: int
) -> list[int]:
    """Select correct predictions, one of each of the least certain classes, then wrong ones.

    Of the correct ones in a class the median is taken: where the model is certain, no patch changes
    anything. Of the wrong ones, those with the highest probability.
    """
    order = np.argsort(probability, kind="stable")
    correct, wrong = order[(predicted == y)[order]], order[(predicted != y)[order]]
    by_class = [correct[y[correct] == label] for label in np.unique(y[correct])]
    typical = sorted((int(rows[len(rows) // 2]) for rows in by_class), key=probability.__getitem__)
    return [*typical[:count], *wrong[::-1][:count].tolist()]


def summarize(occlusions: list[Occlusion], patch: int) -> str:
    """Return how much the strongest patch matters, in one sentence."""
    largest = {
        "correct": [one.drop.max() for one in occlusions if one.truth is None],
        "wrong": [one.drop.max() for one in occlusions if one.truth is not None],
    }
    medians = [
        f"{np.median(drops):.2f} for {kind} predictions" for kind, drops in largest.items() if drops
    ]
    return (
        f"Where a patch of {patch} × {patch} pixels matters most, it lowers the probability of the "
        f"predicted class by {' and '.join(medians)} (medians over the images shown): red parts "
        "support the prediction, blue ones oppose it."
    )
