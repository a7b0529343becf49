import numpy as np
import pytest

from your_package.checking.quality import METRICS, calibration
from your_package.metrics import score


@pytest.mark.parametrize(
    ("error", "chance", "holds"), [(0.049, 0.01, True), (0.051, 0.01, False), (0.1, 0.12, True)]
)
def test_probabilities_must_mean_what_they_say_as_far_as_chance_lets_tell(error, chance, holds):
    metrics = {"calibration": {"expected_calibration_error": error, "by_chance": chance}}
    kept, said = calibration(0.05, metrics, {})
    assert kept is holds and ("chance alone explains 12" in said) == (error == 0.1)


def test_every_metric_is_told_in_words():
    assert set(METRICS) == set(score(np.array([0, 1]), np.array([[0.6, 0.4], [0.2, 0.8]])))
