import numpy as np
import pandas as pd
import pytest

from your_package.evaluation.fairness import compare_groups
from your_package.evaluation.review import balance, draw_truths, find_mistakes

TWO = {"labels": ["no", "yes"], "threshold": 0.5}


def test_the_surest_mistakes_come_first():
    y = np.array([0, 1, 1, 0])
    positive = np.array([0.9, 0.4, 0.8, 0.99])
    found = find_mistakes(y, np.column_stack([1 - positive, positive]), TWO, 2)
    assert [one["row"] for one in found] == [3, 0]
    assert found[0] == {"row": 3, "truth": "no", "said": "yes", "confidence": 0.99}


def test_a_group_that_is_treated_otherwise_shows():
    """Of each group half is truly positive; of one all of these are found, of the other none."""
    y = np.tile([0, 1], 200)
    groups = np.repeat(["left", "right", "few"], [200, 190, 10])
    positive = np.where((y == 1) & (groups == "left"), 0.9, 0.1)
    said = np.column_stack([1 - positive, positive])
    (found,) = compare_groups(y, said, pd.DataFrame({"side": groups}), TWO)
    assert found["true_positive_rate"] == {"left": 1, "right": 0}
    assert found["selection_rate"] == {"left": 0.5, "right": 0}
    assert found["differences"] == {
        "selection_rate": 0.5,
        "true_positive_rate": 1,
        "false_positive_rate": 0,
    }


def test_a_rate_of_too_few_rows_is_left_out():
    y = np.array([0] * 100 + [1] * 5 + [0] * 100)
    groups = pd.DataFrame({"side": ["left"] * 105 + ["right"] * 100})
    (found,) = compare_groups(y, np.tile([0.9, 0.1], (205, 1)), groups, TWO)
    assert found["true_positive_rate"] == {} and "true_positive_rate" not in found["differences"]


def test_the_classes_are_counted():
    assert balance(np.array([0, 0, 0, 1]), TWO) == {"no": 0.75, "yes": pytest.approx(0.25)}


def test_classes_are_drawn_as_often_as_is_said():
    said = np.array([[0.2, 0.3, 0.5], [0.0, 1.0, 0.0]], dtype="float32").repeat(2000, axis=0)
    drawn = np.array(list(draw_truths(said, "roc_auc", seed=0)))
    assert not list(draw_truths(said, "accuracy", seed=0))
    for rows, shares in ((drawn[:, :2000], said[0]), (drawn[:, 2000:], said[-1])):
        assert np.bincount(rows.ravel(), minlength=3) / rows.size == pytest.approx(shares, abs=0.01)
