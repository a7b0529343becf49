import numpy as np
import pandas as pd
import pytest

from your_package.evaluation.held_out import HeldOut
from your_package.evaluation.review import (
    balance,
    draw_truths,
    find_mistakes,
    mean_error,
)
from your_package.evaluation.slices import measure_slices
from your_package.metrics import score


def test_the_furthest_off_come_first():
    y, values = np.array([1.0, 2.0, 3.0]), np.array([1.5, 8.0, 1.0])
    found = find_mistakes(y, values, {}, 2)
    assert [one["row"] for one in found] == [1, 2]
    assert found[0] == {"row": 1, "truth": 2, "said": 8, "error": 6}


def test_a_mean_error_is_positive_where_answers_are_too_high():
    assert mean_error([1, 2], [2, 5]) == 2


def test_the_target_of_a_split_is_described():
    assert balance(np.array([1.0, 3.0]), {}) == {"mean": 2, "standard deviation": pytest.approx(1)}


def test_a_group_is_held_against_all_rows_alone():
    """A value, unlike a probability, does not say how far off it may be."""
    off = np.random.default_rng(0).normal(0, np.repeat([1, 3], [300, 100]))
    test = HeldOut(None, off, np.zeros(400), np.ones(400), np.arange(400))
    groups = pd.DataFrame({"side": np.repeat(["near", "far"], [300, 100])})
    far, near = measure_slices(test, groups, "mae", score, 0, draw_truths(test.model, "mae", 0))
    whole = score(test.y, test.model)["mae"]
    assert far["group"] == "far" and far["worse"] and not near["worse"]
    assert np.isnan(far["expected"]) and far["surely_worse_by"] == far["low"] - whole
