"""Occlusion maps of a model of which it is known what it looks at."""

import numpy as np
import pytest
from image_classification.explain import (
    ExplainParams,
    explain,
    occlude,
    patch_starts,
    select_images,
)
from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.evaluation.predictions import HeldOut

PARAMS = ExplainParams(pictures=2, patch=3, stride=2)


class Corner:
    """Predicts the second class by how light the upper left corner is."""

    def predict_proba(self, X):
        light = X[:, :2, :2].mean(axis=(1, 2, 3)) / 255
        return np.column_stack([1 - light, light])


def test_the_map_shows_where_the_model_looks():
    drop = occlude(Corner(), np.full((9, 11, 1), 255, np.uint8), 1, 0, PARAMS)
    assert drop.shape == (9, 11)
    assert drop[0, 0] == drop.max() > 0.3
    assert np.allclose(drop[5:, 5:], 0)


@pytest.mark.parametrize(
    ("length", "patch", "stride"), [(28, 6, 2), (28, 5, 4), (7, 7, 1), (4, 9, 2)]
)
def test_patches_cover_the_complete_side(length, patch, stride):
    starts = patch_starts(length, patch, stride)
    covered = {pixel for start in starts for pixel in range(start, start + patch)}
    assert covered >= set(range(length)) and max(starts) <= max(length - patch, 0)


def test_correct_ones_are_typical_and_wrong_ones_the_most_confident():
    y = np.array([0, 0, 0, 1, 1, 0])
    predicted = np.array([0, 0, 0, 1, 0, 1])  # the last two are wrong
    probability = np.array([0.9, 0.8, 0.6, 0.7, 0.6, 0.9])
    assert select_images(y, predicted, probability, 2) == [3, 1, 5, 4]


@pytest.mark.parametrize(
    ("wrong", "expected"), [(0, "for correct predictions ("), (3, "for correct predictions and")]
)
def test_the_summary_and_the_figure_follow_from_the_maps(wrong, expected):
    X = np.random.default_rng(0).integers(0, 256, (12, 9, 11, 1), dtype=np.uint8)
    probabilities = Corner().predict_proba(X)
    y = probabilities.argmax(axis=1)
    y[:wrong] = 1 - y[:wrong]
    test = HeldOut(y, probabilities, probabilities, np.arange(12))
    decision = ClassificationOutput(
        target="light",
        labels=["dark", "light"],
        threshold=0.5,
        confidence=None,
        min_probability=None,
    )
    explanation, figures = explain(Corner(), X, test, decision, "accuracy", PARAMS)
    assert expected in explanation["summary"]
    titles = [panel.get_title(loc="center") for panel in figures["occlusion"].axes]
    assert sum("true: " in title for title in titles) == min(wrong, PARAMS.pictures)
