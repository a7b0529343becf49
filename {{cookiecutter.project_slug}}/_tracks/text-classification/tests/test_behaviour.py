"""What anyone would expect of the model, whatever its metrics are; here it is a small one.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality.
"""

import pytest
from ml_portfolio.config.files import read_json
from ml_portfolio.config.paths import METRICS


@pytest.fixture
def positive(client):
    """Returns the probability that a text is positive."""

    def ask(text):
        reply = client.post("/predict", json={"text": text})
        assert reply.status_code == 200, reply.text
        return reply.json()["probabilities"]["positive"]

    return ask


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("I love this, it is great :)", "I hate this, it is terrible :("),
        ("Such a good day", "Such a bad day"),
        ("so happy, thanks!", "so sad and sick"),
        ("This is good", "This is not good"),
    ],
)
def test_direction_kind_words_are_more_positive_than_bitter_ones(positive, better, worse):
    assert positive(better) > positive(worse)


def test_invariance_capitals_and_white_space_change_nothing(positive):
    assert positive("  I LOVE this   day ") == pytest.approx(positive("I love this day"), abs=1e-6)


def test_invariance_a_name_changes_little(positive):
    answers = [positive(f"Thanks {name}, that was great!") for name in ("Anna", "Omar", "Wei")]
    assert max(answers) - min(answers) < 0.2


def test_invariance_a_typo_changes_little(positive):
    assert abs(positive("I love this wonderfull day") - positive("I love this wonderful day")) < 0.3


def test_minimum_it_is_better_than_the_baseline(in_trained):
    metrics = read_json(METRICS)
    for metric in ("roc_auc", "average_precision"):
        assert metrics["model"][metric] > metrics["baseline"][metric]
    assert metrics["model"]["log_loss"] < metrics["baseline"]["log_loss"]
