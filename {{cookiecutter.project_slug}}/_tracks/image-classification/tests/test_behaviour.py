"""What anyone who knows the problem would expect of the model, whatever its metrics say.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality. The model of the
tests has learnt from a few hundred pictures, so what is asked of it is modest.
"""

import json

import joblib
import numpy as np
import pytest

from your_package.dataset import labels, load_split
from your_package.metrics import predict
from your_package.paths import METRICS, MODEL


@pytest.fixture
def model(in_trained):
    return joblib.load(MODEL)


@pytest.fixture
def pictures(in_trained):
    X, _ = load_split("test")
    return X


def same_answer(model, pictures, changed):
    """The share of pictures whose answer stays what it was."""
    return (predict(model, pictures).argmax(1) == predict(model, changed).argmax(1)).mean()


@pytest.mark.parametrize("axis", [1, 2])
@pytest.mark.parametrize("pixels", [-1, 1])
def test_invariance_a_shift_by_a_pixel_rarely_changes_the_answer(model, pictures, axis, pixels):
    assert same_answer(model, pictures, np.roll(pictures, pixels, axis)) > 0.75


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_invariance_a_little_more_or_less_light_rarely_changes_the_answer(model, pictures, factor):
    changed = (pictures * factor).clip(0, 255).astype(np.uint8)
    assert same_answer(model, pictures, changed) > 0.85


def test_invariance_a_little_noise_rarely_changes_the_answer(model, pictures):
    noise = np.random.default_rng(0).normal(0, 5, pictures.shape)
    changed = (pictures + noise).clip(0, 255).astype(np.uint8)
    assert same_answer(model, pictures, changed) > 0.8


def test_direction_what_is_covered_makes_the_model_less_sure(model, pictures):
    _, y = load_split("test")
    height = pictures.shape[1]
    covered = pictures.copy()
    covered[:, height // 4 : 3 * height // 4] = 0
    before, after = (predict(model, X)[np.arange(len(y)), y].mean() for X in (pictures, covered))
    assert after < before - 0.1


def test_minimum_shoes_are_not_taken_for_clothes(model, pictures):
    names = labels()
    shoes = [names.index(name) for name in ("Sandal", "Sneaker", "Ankle boot")]
    clothes = [names.index(name) for name in ("T-shirt/top", "Pullover", "Dress", "Coat", "Shirt")]
    _, y = load_split("test")
    answers = predict(model, pictures[np.isin(y, shoes)]).argmax(axis=1)
    assert np.isin(answers, clothes).mean() < 0.05


def test_minimum_it_is_better_than_the_baseline(in_trained):
    scores = json.loads(METRICS.read_text(encoding="utf-8"))
    for metric in ("accuracy", "roc_auc", "average_precision"):
        assert scores["model"][metric] > scores["baseline"][metric] + 0.3
    assert scores["model"]["brier"] < scores["baseline"]["brier"]
