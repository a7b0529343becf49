"""What anyone who knows the problem would expect of the model, whatever its metrics are.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality. The model of
these tests has learned from a few hundred images, so the demands are modest.
"""

import joblib
import numpy as np
import pytest
from ml_portfolio.config.files import read_json
from ml_portfolio.config.paths import METRICS, MODEL

from your_package.dataset import load_split, load_target
from your_package.metrics import predict


@pytest.fixture
def model(in_trained):
    return joblib.load(MODEL)


@pytest.fixture
def images(in_trained):
    X, _ = load_split("test")
    return X


def same_labels(model, images, changed):
    """The share of images whose predicted label stays the same."""
    return (predict(model, images).argmax(1) == predict(model, changed).argmax(1)).mean()


@pytest.mark.parametrize("axis", [1, 2])
@pytest.mark.parametrize("pixels", [-1, 1])
def test_invariance_a_shift_by_a_pixel_rarely_changes_the_label(model, images, axis, pixels):
    assert same_labels(model, images, np.roll(images, pixels, axis)) > 0.75


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_invariance_a_little_more_or_less_light_rarely_changes_the_label(model, images, factor):
    changed = (images * factor).clip(0, 255).astype(np.uint8)
    assert same_labels(model, images, changed) > 0.85


def test_direction_covering_the_middle_makes_the_model_less_certain(model, images):
    _, y = load_split("test")
    height = images.shape[1]
    covered = images.copy()
    covered[:, height // 4 : 3 * height // 4] = 0
    before, after = (predict(model, X)[np.arange(len(y)), y].mean() for X in (images, covered))
    assert after < before - 0.1


def test_minimum_shoes_are_not_taken_for_clothes(model, images):
    names = load_target()["labels"]
    shoes = [names.index(name) for name in ("Sandal", "Sneaker", "Ankle boot")]
    clothes = [names.index(name) for name in ("T-shirt/top", "Pullover", "Dress", "Coat", "Shirt")]
    _, y = load_split("test")
    predicted = predict(model, images[np.isin(y, shoes)]).argmax(axis=1)
    assert np.isin(predicted, clothes).mean() < 0.05


def test_minimum_it_is_better_than_the_baseline(in_trained):
    scores = read_json(METRICS)
    for metric in ("accuracy", "roc_auc", "average_precision"):
        assert scores["model"][metric] > scores["baseline"][metric] + 0.3
    assert scores["model"]["brier"] < scores["baseline"]["brier"]
