import numpy as np
import pytest

from your_package.evaluation.calibration import (
    calibration_error,
    error_by_chance,
    events,
    reliability,
)


def answers(rows, honest, seed=0):
    random = np.random.default_rng(seed)
    positive = random.uniform(0.05, 0.95, rows)
    y = (random.uniform(size=rows) < positive).astype(int)
    said = positive if honest else np.where(positive > 0.5, 0.95, 0.05)
    return y, np.column_stack([1 - said, said])


def test_true_probabilities_are_hardly_off():
    assert calibration_error(reliability(*answers(50_000, honest=True))) < 0.01


def test_one_that_is_too_sure_is_found_out():
    table = reliability(*answers(50_000, honest=False))
    assert list(table["said"].round(2)) == [0.05, 0.95]
    assert list(table["true"]) == pytest.approx([0.275, 0.725], abs=0.01)
    assert calibration_error(table) == pytest.approx(0.225, abs=0.01)


def test_the_same_answer_to_all_is_one_bin():
    y = np.array([0] * 3 + [1])
    table = reliability(y, np.tile([0.75, 0.25], (4, 1)))
    assert len(table) == 1 and table["rows"].item() == 4 and calibration_error(table) == 0


def test_with_more_classes_the_likeliest_counts():
    probabilities = np.tile([0.6, 0.3, 0.1], (10, 1))
    y = np.array([0] * 6 + [1] * 4)
    assert calibration_error(reliability(y, probabilities)) == pytest.approx(0)


@pytest.mark.parametrize("classes", [2, 3])
def test_chance_explains_what_true_probabilities_are_off_in_few_rows(classes):
    random = np.random.default_rng(0)
    within = []
    for seed in range(100):
        shares = random.dirichlet(np.ones(classes), 80)
        y = (random.random((80, 1)) > shares.cumsum(axis=1)[:, :-1]).sum(axis=1)
        error = calibration_error(reliability(y, shares))
        within.append(error <= error_by_chance(events(y, shares)[0], seed))
        assert error > 0.02
    assert 0.88 <= np.mean(within) <= 0.99


def test_chance_does_not_explain_what_is_too_sure():
    y, said = answers(2000, honest=False)
    assert error_by_chance(events(y, said)[0], 0) < 0.03 < calibration_error(reliability(y, said))
