"""What anyone who knows the problem would expect of the model, whatever its metrics say.

Ribeiro et al. 2020, Beyond Accuracy: invariance, direction, minimum functionality.
"""

import json

import pytest
from ml_portfolio.config.paths import METRICS

HOUR = {  # five in the afternoon of a working day in summer
    "season": 3,
    "hr": 17,
    "holiday": 0,
    "weekday": 3,
    "workingday": 1,
    "weathersit": "clear",
    "temp": 0.7,
    "atemp": 0.65,
    "hum": 0.5,
    "windspeed": 0.15,
}
NOON_ON_SUNDAY = {"hr": 12, "weekday": 0, "workingday": 0}


@pytest.fixture
def bikes(client):
    """How many bikes are rented in an hour."""

    def ask(**changes):
        response = client.post("/predict", json=HOUR | changes)
        assert response.status_code == 200, response.text
        assert response.json()["unit"] == "bikes"
        return response.json()["value"]

    return ask


def test_direction_more_ride_in_the_rush_hour_than_at_night(bikes):
    assert bikes(hr=17) > 3 * bikes(hr=4)
    assert bikes(hr=8) > 3 * bikes(hr=4)


def test_direction_commuters_ride_on_working_days(bikes):
    assert bikes(hr=8) > bikes(hr=8, weekday=0, workingday=0)


def test_direction_more_ride_when_it_is_warm(bikes):
    cold = {"temp": 0.2, "atemp": 0.2}
    assert bikes() > bikes(**cold)
    assert bikes(**NOON_ON_SUNDAY) > bikes(**NOON_ON_SUNDAY, **cold)


def test_direction_rain_keeps_people_at_home(bikes):
    assert bikes(weathersit="light rain/snow", hum=0.9) < bikes()


def test_invariance_a_breath_of_wind_changes_little(bikes):
    assert bikes(windspeed=0.16) == pytest.approx(bikes(), rel=0.25)


def test_minimum_nothing_is_below_zero(bikes):
    night = {"hr": 4, "temp": 0.02, "atemp": 0.0, "hum": 1, "windspeed": 0.8, "season": 1}
    assert 0 <= bikes(**night) < 50


def test_minimum_it_explains_more_than_half_of_what_varies(in_trained):
    """On a part of the rows no more is sure; on all of them it must beat the baseline."""
    assert json.loads(METRICS.read_text(encoding="utf-8"))["model"]["r2"] > 0.5
