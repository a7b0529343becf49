import numpy as np
import pandas as pd
import pytest
from ml_portfolio.evaluation.fairness import (
    classification_measures,
    compare_groups,
    regression_measures,
)
from sklearn.metrics import recall_score

TWO = classification_measures(["no", "yes"])


def test_a_group_that_is_treated_differently_shows():
    """Half of each group is truly positive; in one all of these are found, in the other none."""
    y = np.tile([0, 1], 200)
    side = np.repeat(["left", "right", "few"], [200, 190, 10])
    predicted = ((y == 1) & (side == "left")).astype(int)
    (found,) = compare_groups(y, predicted, pd.DataFrame({"side": side}), TWO)
    assert found["column"] == "side"
    assert found["true_positive_rate"] == {"left": 1, "right": 0}
    assert found["selection_rate"] == {"left": 0.5, "right": 0}
    assert found["differences"] == {
        "selection_rate": 0.5,
        "true_positive_rate": 1,
        "false_positive_rate": 0,
    }


def test_rates_are_those_of_each_group():
    random = np.random.default_rng(0)
    y, predicted = random.integers(0, 2, (2, 900))
    numbers = pd.DataFrame({"age": random.normal(40, 10, 900), "same": 1})
    numbers.loc[:99, "age"] = np.nan
    (found,) = compare_groups(y, predicted, numbers, TWO)  # of one group, nothing to compare
    assert len(found["selection_rate"]) == 5  # quarters of the ages, and those not known
    rows = numbers["age"].isna()
    assert found["true_positive_rate"]["missing"] == recall_score(y[rows], predicted[rows])
    false_positives = recall_score(y[rows], predicted[rows], pos_label=0)
    assert found["false_positive_rate"]["missing"] == pytest.approx(1 - false_positives)


def test_a_rate_of_too_few_rows_is_left_out():
    y = np.array([0] * 100 + [1] * 5 + [0] * 100)
    groups = pd.DataFrame({"side": ["left"] * 105 + ["right"] * 100})
    (found,) = compare_groups(y, np.zeros(205), groups, TWO)
    assert found["true_positive_rate"] == {} and "true_positive_rate" not in found["differences"]


def test_with_more_classes_accuracy_is_compared():
    y, groups = np.arange(120) % 3, pd.DataFrame({"side": np.repeat(["left", "right"], 60)})
    predicted = np.where(np.arange(120) < 60, y, 0)
    (found,) = compare_groups(y, predicted, groups, classification_measures(["a", "b", "c"]))
    assert found["accuracy"] == {"left": 1, "right": pytest.approx(1 / 3)}


def test_a_mean_error_is_positive_where_predictions_are_too_high():
    y, groups = np.zeros(80), pd.DataFrame({"side": np.repeat(["left", "right"], 40)})
    predicted = np.repeat([2.0, -1.0], 40)
    (found,) = compare_groups(y, predicted, groups, regression_measures())
    assert found["mean_error"] == {"left": 2, "right": -1}
    assert found["mean_absolute_error"] == {"left": 2, "right": 1}
    assert found["differences"] == {"mean_error": 3, "mean_absolute_error": 1}
