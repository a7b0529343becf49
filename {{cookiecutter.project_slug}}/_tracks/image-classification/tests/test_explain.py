"""Occlusion maps, of a model of which it is known what it looks at."""

import numpy as np
import pytest

from your_package import explain
from your_package.explain import ExplainParams, choose_pictures, occlusion, steps
from your_package.paths import FIGURES

PARAMS = ExplainParams(pictures=2, patch=3, stride=2)


class Corner:
    """Answers the second class by how light the corner at the upper left is."""

    def predict_proba(self, X):
        light = X[:, :2, :2].mean(axis=(1, 2, 3)) / 255
        return np.column_stack([1 - light, light])


def test_the_map_shows_where_the_model_looks():
    fall = occlusion(Corner(), np.full((9, 11, 1), 255, np.uint8), 1, 0, PARAMS)
    assert fall.shape == (9, 11)
    assert fall[0, 0] == fall.max() > 0.3
    assert np.allclose(fall[5:, 5:], 0)


@pytest.mark.parametrize(
    ("length", "patch", "stride"), [(28, 6, 2), (28, 5, 4), (7, 7, 1), (4, 9, 2)]
)
def test_patches_cover_the_whole_side(length, patch, stride):
    starts = steps(length, patch, stride)
    covered = {pixel for start in starts for pixel in range(start, start + patch)}
    assert covered >= set(range(length)) and max(starts) <= max(length - patch, 0)


def test_right_ones_are_typical_of_unlike_classes_and_wrong_ones_the_surest():
    y = np.array([0, 0, 0, 1, 1, 0])
    answers = np.array([0, 0, 0, 1, 0, 1])  # the last two are wrong
    sure = np.array([0.9, 0.8, 0.6, 0.7, 0.6, 0.9])
    chosen = choose_pictures(y, answers, sure, 2)
    assert chosen == [3, 1, 5, 4]


def test_the_stage_leaves_its_figure(in_trained):
    explain.main()
    assert (FIGURES / "explain" / "occlusion.png").read_bytes().startswith(b"\x89PNG")
