import numpy as np
import pytest

from your_package.checking.quality import METRICS, calibration
from your_package.metrics import score


@pytest.mark.parametrize(("error", "holds"), [(0.049, True), (0.051, False)])
def test_probabilities_must_mean_what_they_say(error, holds):
    metrics = {"calibration": {"expected_calibration_error": error}}
    assert calibration(0.05, metrics, {})[0] is holds


def test_every_metric_is_told_in_words():
    assert set(METRICS) == set(score(np.array([0, 1]), np.array([[0.6, 0.4], [0.2, 0.8]])))
