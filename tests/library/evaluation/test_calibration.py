import numpy as np
import pytest
from ml_portfolio.evaluation.calibration import (
    calibration_error_by_chance,
    calibration_events,
    expected_calibration_error,
    reliability_table,
)


def predictions(rows, calibrated, seed=0):
    """True classes and probabilities, which are overconfident if not calibrated."""
    random = np.random.default_rng(seed)
    positive = random.uniform(0.05, 0.95, rows)
    y = (random.uniform(size=rows) < positive).astype(int)
    predicted = positive if calibrated else np.where(positive > 0.5, 0.95, 0.05)
    return y, np.column_stack([1 - predicted, predicted])


def error(y, probabilities):
    return expected_calibration_error(reliability_table(y, probabilities))


def test_calibrated_probabilities_have_no_error():
    assert error(*predictions(50_000, calibrated=True)) < 0.01


def test_overconfidence_shows():
    table = reliability_table(*predictions(50_000, calibrated=False))
    assert list(table["predicted"].round(2)) == [0.05, 0.95]
    assert list(table["observed"]) == pytest.approx([0.275, 0.725], abs=0.01)
    assert expected_calibration_error(table) == pytest.approx(0.225, abs=0.01)


def test_a_constant_probability_is_one_bin():
    table = reliability_table(np.array([0] * 3 + [1]), np.tile([0.75, 0.25], (4, 1)))
    assert len(table) == 1 and table["rows"].item() == 4
    assert expected_calibration_error(table) == 0


def test_with_more_classes_the_likeliest_counts():
    probabilities = np.tile([0.6, 0.3, 0.1], (10, 1))
    assert error(np.array([0] * 6 + [1] * 4), probabilities) == pytest.approx(0)


@pytest.mark.parametrize("classes", [2, 3])
def test_chance_explains_the_error_of_calibrated_probabilities_in_few_rows(classes):
    random = np.random.default_rng(0)
    within = []
    for seed in range(100):
        shares = random.dirichlet(np.ones(classes), 80)
        y = (random.random((80, 1)) > shares.cumsum(axis=1)[:, :-1]).sum(axis=1)
        found = error(y, shares)
        probability, _ = calibration_events(y, shares)
        within.append(found <= calibration_error_by_chance(probability, seed))
        assert found > 0.02
    assert 0.88 <= np.mean(within) <= 0.99


def test_chance_does_not_explain_overconfidence():
    y, probabilities = predictions(2000, calibrated=False)
    probability, _ = calibration_events(y, probabilities)
    assert calibration_error_by_chance(probability, 0) < 0.03 < error(y, probabilities)
