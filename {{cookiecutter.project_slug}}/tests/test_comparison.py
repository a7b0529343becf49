"""The statistics of the choice, held against published and simulated answers."""

import numpy as np
import pytest
from scipy import stats

from your_package.choice import Chooser
from your_package.evaluation.comparison import compare_folds, compare_rows
from your_package.metrics import LOWER_IS_BETTER
from your_package.task import BASELINE
from your_package.train import Result


def accuracy(y, said):
    return float((y == said).mean())


def test_without_shared_rows_it_is_the_paired_t_test():
    random = np.random.default_rng(0)
    a, b = random.normal(0.9, 0.02, 10), random.normal(0.88, 0.02, 10)
    ours = compare_folds(a, b, held_out_ratio=0.0)
    assert ours.p_value == pytest.approx(stats.ttest_rel(a, b).pvalue)
    assert ours.mean == pytest.approx((a - b).mean())
    assert ours.error == pytest.approx(stats.sem(a - b))


def test_shared_rows_make_it_less_sure():
    a, b = np.array([0.91, 0.92, 0.90, 0.93, 0.92]), np.array([0.90, 0.90, 0.89, 0.91, 0.915])
    gaps = a - b
    t = gaps.mean() / np.sqrt((1 / 5 + 1 / 4) * gaps.var(ddof=1))  # Nadeau & Bengio, equation 9
    ours = compare_folds(a, b, held_out_ratio=1 / 4)
    assert ours.p_value == pytest.approx(2 * stats.t.sf(t, 4))
    assert ours.p_value > stats.ttest_rel(a, b).pvalue


def test_equal_scores_are_no_difference_and_one_fold_no_test():
    assert compare_folds([0.5, 0.6], [0.5, 0.6], 0.25).p_value == 1
    assert compare_folds([0.6, 0.7], [0.5, 0.6], 0.25).p_value < 1e-6
    with pytest.raises(ValueError, match="two folds"):
        compare_folds([0.5], [0.4], 0.25)


def test_chance_is_called_real_as_rarely_as_promised():
    """Two equally good classifiers, simulated: p < .05 in about one of twenty pairs."""
    random = np.random.default_rng(1)
    y = np.zeros(200)
    real = [
        compare_rows(y, *(random.random((2, 200)) < 0.3), accuracy, seed, 200).is_real
        for seed in range(300)
    ]
    assert 0.01 < np.mean(real) < 0.10


def test_a_clear_difference_is_seen():
    random = np.random.default_rng(2)
    y, good, bad = np.zeros(500), random.random(500) < 0.1, random.random(500) < 0.3
    found = compare_rows(y, good, bad, accuracy, seed=0)
    assert found.mean == pytest.approx(accuracy(y, good) - accuracy(y, bad))
    assert found.is_real


def test_the_error_of_a_difference_of_shares_is_the_known_one():
    random = np.random.default_rng(3)
    y, a, b = np.zeros(400), random.random(400) < 0.2, random.random(400) < 0.2
    gaps = (a == 0).astype(int) - (b == 0)
    found = compare_rows(y, a, b, accuracy, seed=0, resamples=2000)
    assert found.error == pytest.approx(gaps.std() / np.sqrt(400), rel=0.1)


def test_resamples_without_a_score_are_passed_over():
    """An AUC needs a row of each class, which a resample of a rare one may lack."""
    y = np.r_[1, 1, np.zeros(60)]
    random = np.random.default_rng(0)
    a, b = (y * shift + random.normal(size=62) for shift in (3, 1))

    def auc(y, said):
        return (said[y == 1][:, None] > said[y == 0]).mean() if 0 < y.sum() < len(y) else np.nan

    found = compare_rows(y, a, b, auc, seed=0)
    assert 0 < found.error < 1 and 0 < found.p_value <= 1


def result(name, scores, metric="score"):
    return Result(name, {}, None, folds=[{metric: score} for score in scores])


@pytest.mark.parametrize(("standard_errors", "name"), [(0, "best"), (1, "near")])
def test_the_simplest_of_those_within_noise_is_chosen(standard_errors, name):
    """Folds may differ much from one another: what counts is the difference on each of them."""
    folds = np.array([0.70, 0.80, 0.90, 0.75, 0.85])
    ladder = [
        result(BASELINE, folds - 0.2),
        result("far", folds - [0.02, 0.03, 0.02, 0.03, 0.02]),
        result("near", folds - [0.01, -0.01, 0.01, -0.01, 0.001]),
        result("best", folds),
    ]
    parts = [(np.arange(80), np.arange(80, 100))] * 5
    assert "score" not in LOWER_IS_BETTER
    chosen, account = Chooser("score", np.zeros(100), parts, 0).choose(ladder, standard_errors)
    assert chosen.name == account["candidate"] == name
    assert account["best"]["candidate"] == "best"
    assert account["over"]["candidate"] == ("near" if name == "best" else "far")
