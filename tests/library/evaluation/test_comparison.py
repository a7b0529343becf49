"""The statistics of a comparison, against published and simulated results."""

import numpy as np
import pytest
from ml_portfolio.evaluation.comparison import compare_folds, compare_rows
from scipy import stats


def accuracy(y, predicted):
    return float((y == predicted).mean())


def test_without_shared_rows_it_is_the_paired_t_test():
    random = np.random.default_rng(0)
    a, b = random.normal(0.9, 0.02, 10), random.normal(0.88, 0.02, 10)
    found = compare_folds(a, b, held_out_ratio=0.0)
    assert found.p_value == pytest.approx(stats.ttest_rel(a, b).pvalue)
    assert found.mean == pytest.approx((a - b).mean())
    assert found.standard_error == pytest.approx(stats.sem(a - b))


def test_shared_rows_make_it_less_certain():
    a, b = np.array([0.91, 0.92, 0.90, 0.93, 0.92]), np.array([0.90, 0.90, 0.89, 0.91, 0.915])
    gaps = a - b
    t = gaps.mean() / np.sqrt((1 / 5 + 1 / 4) * gaps.var(ddof=1))  # Nadeau & Bengio, equation 9
    found = compare_folds(a, b, held_out_ratio=1 / 4)
    assert found.p_value == pytest.approx(2 * stats.t.sf(t, 4))
    assert found.p_value > stats.ttest_rel(a, b).pvalue


def test_equal_scores_are_no_difference_and_one_fold_no_test():
    assert compare_folds([0.5, 0.6], [0.5, 0.6], 0.25).p_value == 1
    assert compare_folds([0.6, 0.7], [0.5, 0.6], 0.25).p_value < 1e-6
    with pytest.raises(ValueError, match="two folds"):
        compare_folds([0.5], [0.4], 0.25)


def test_chance_is_significant_as_rarely_as_promised():
    """Two equally good classifiers, simulated: p < .05 in about one of twenty pairs."""
    random = np.random.default_rng(1)
    y = np.zeros(200)
    significant = [
        compare_rows(y, *(random.random((2, 200)) < 0.3), accuracy, seed, 200).significant
        for seed in range(300)
    ]
    assert 0.01 < np.mean(significant) < 0.10


def test_a_clear_difference_is_significant():
    random = np.random.default_rng(2)
    y, good, bad = np.zeros(500), random.random(500) < 0.1, random.random(500) < 0.3
    found = compare_rows(y, good, bad, accuracy, seed=0)
    assert found.mean == pytest.approx(accuracy(y, good) - accuracy(y, bad))
    assert found.significant


def test_the_standard_error_of_a_difference_of_shares_is_the_known_one():
    random = np.random.default_rng(3)
    y, a, b = np.zeros(400), random.random(400) < 0.2, random.random(400) < 0.2
    gaps = (a == 0).astype(int) - (b == 0)
    found = compare_rows(y, a, b, accuracy, seed=0, resamples=2000)
    assert found.standard_error == pytest.approx(gaps.std() / np.sqrt(400), rel=0.1)


def test_resamples_without_a_score_are_left_out():
    """An AUC needs a row of each class, which a resample of a rare one may lack."""
    y = np.r_[1, 1, np.zeros(60)]
    random = np.random.default_rng(0)
    a, b = (y * shift + random.normal(size=62) for shift in (3, 1))

    def auc(y, values):
        if not 0 < y.sum() < len(y):
            return np.nan
        return (values[y == 1][:, None] > values[y == 0]).mean()

    found = compare_rows(y, a, b, auc, seed=0)
    assert 0 < found.standard_error < 1 and 0 < found.p_value <= 1
