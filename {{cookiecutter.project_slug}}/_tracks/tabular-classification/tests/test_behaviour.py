"""What anyone who knows the problem would expect of the model, whatever its metrics say.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality.
"""

import json

import pytest
from ml_portfolio.config.paths import METRICS

PERSON = {
    "age": 38,
    "workclass": "Private",
    "education": "HS-grad",
    "education-num": 9,
    "marital-status": "Married-civ-spouse",
    "occupation": "Sales",
    "relationship": "Husband",
    "race": "White",
    "gender": "Male",
    "capital-gain": 0,
    "capital-loss": 0,
    "hours-per-week": 40,
    "native-country": "United-States",
}


@pytest.fixture
def rich(client):
    """The probability that a person earns more than 50 thousand."""

    def ask(**changes):
        response = client.post("/predict", json=PERSON | changes)
        assert response.status_code == 200, response.text
        return response.json()["probabilities"][">50K"]

    return ask


def test_direction_a_large_capital_gain_means_more_income(rich):
    assert rich(**{"capital-gain": 20_000}) > rich() + 0.1


def test_direction_schooling_pays(rich):
    assert rich(education="Masters", **{"education-num": 14}) > rich(
        education="9th", **{"education-num": 5}
    )


def test_direction_the_young_and_single_earn_less(rich):
    student = {"age": 19, "marital-status": "Never-married", "relationship": "Own-child"}
    assert rich(**student) < 0.1 < rich()


def test_invariance_an_unknown_country_changes_little(rich):
    assert abs(rich(**{"native-country": None}) - rich()) < 0.2
    assert abs(rich(**{"native-country": "Atlantis"}) - rich()) < 0.2


def test_minimum_it_is_better_than_the_baseline(in_trained):
    scores = json.loads(METRICS.read_text(encoding="utf-8"))
    for metric in ("accuracy", "roc_auc", "average_precision"):
        assert scores["model"][metric] > scores["baseline"][metric]
    assert scores["model"]["brier"] < scores["baseline"]["brier"]
