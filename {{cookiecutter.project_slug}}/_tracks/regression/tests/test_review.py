import numpy as np
import pytest

from your_package.evaluation.review import balance, find_mistakes, mean_error


def test_the_furthest_off_come_first():
    y, values = np.array([1.0, 2.0, 3.0]), np.array([1.5, 8.0, 1.0])
    found = find_mistakes(y, values, {}, 2)
    assert [one["row"] for one in found] == [1, 2]
    assert found[0] == {"row": 1, "truth": 2, "said": 8, "error": 6}


def test_a_mean_error_is_positive_where_answers_are_too_high():
    assert mean_error([1, 2], [2, 5]) == 2


def test_the_target_of_a_split_is_described():
    assert balance(np.array([1.0, 3.0]), {}) == {"mean": 2, "standard deviation": pytest.approx(1)}
