"""What anyone would expect of the model, whatever its metrics say; it is a small one here.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality.
"""

import json

import pytest

from your_package.paths import METRICS


@pytest.fixture
def positive(client):
    """The probability that a text is positive."""

    def ask(text):
        response = client.post("/predict", json={"text": text})
        assert response.status_code == 200, response.text
        return response.json()["probabilities"]["positive"]

    return ask


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("I love this, it is great :)", "I hate this, it is terrible :("),
        ("Such a good day", "Such a bad day"),
        ("so happy, thanks!", "so sad and sick"),
    ],
)
def test_direction_kind_words_are_better_than_bitter_ones(positive, better, worse):
    assert positive(better) > positive(worse)


def test_direction_a_negation_takes_something_away(positive):
    assert positive("This is not good") < positive("This is good")


def test_invariance_shouting_and_white_space_change_nothing(positive):
    assert positive("  I LOVE this   day ") == pytest.approx(positive("I love this day"), abs=1e-6)


def test_invariance_a_name_changes_little(positive):
    asked = [positive(f"Thanks {name}, that was great!") for name in ("Anna", "Omar", "Wei")]
    assert max(asked) - min(asked) < 0.2


def test_invariance_a_typo_changes_little(positive):
    assert abs(positive("I love this wonderfull day") - positive("I love this wonderful day")) < 0.3


def test_minimum_it_is_better_than_the_baseline(in_trained):
    scores = json.loads(METRICS.read_text(encoding="utf-8"))
    for metric in ("roc_auc", "average_precision"):
        assert scores["model"][metric] > scores["baseline"][metric]
    assert scores["model"]["log_loss"] < scores["baseline"]["log_loss"]
