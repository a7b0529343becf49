import numpy as np
import pytest
from ml_portfolio.evaluation.threshold import Costs, choose_threshold, mean_cost


def test_the_mean_cost_of_errors():
    y, positive = np.array([0, 0, 1, 1]), np.array([0.2, 0.6, 0.4, 0.9])
    costs = Costs(false_positive=1, false_negative=10)
    assert mean_cost(y, positive, 0.5, costs) == (1 + 10) / 4
    assert mean_cost(y, positive, 0.3, costs) == 1 / 4
    repeated = np.tile(y, 50), np.tile(positive, 50)  # else the gain could be luck
    assert mean_cost(y, positive, choose_threshold(*repeated, costs), costs) == 1 / 4


@pytest.mark.parametrize(("false_positive", "false_negative"), [(1, 1), (1, 4), (3, 1)])
def test_calibrated_probabilities_give_the_threshold_of_theory(false_positive, false_negative):
    random = np.random.default_rng(0)
    positive = random.uniform(size=200_000)
    y = (random.uniform(size=200_000) < positive).astype(int)
    costs = Costs(false_positive=false_positive, false_negative=false_negative)
    assert choose_threshold(y, positive, costs) == pytest.approx(costs.best_threshold, abs=0.03)


def test_luck_on_a_few_rows_does_not_move_it():
    y, positive = np.array([0, 1, 0, 1]), np.array([0.1, 0.9, 0.53, 0.7])
    assert choose_threshold(y, positive, Costs(false_positive=1, false_negative=1)) == 0.5


def test_probabilities_that_are_too_low_move_it():
    random = np.random.default_rng(0)
    true = random.uniform(size=5000)
    y = (random.uniform(size=5000) < true).astype(int)
    costs = Costs(false_positive=1, false_negative=1)
    assert choose_threshold(y, true * 0.5, costs) == pytest.approx(0.25, abs=0.03)
