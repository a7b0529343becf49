"""Which candidate is chosen, and which one it is compared with."""

import numpy as np
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.evaluation.comparison import compare_folds
from tabular_classification.choice import Result, choose_candidate

NOISE = np.array([0.01, -0.01, 0.005, -0.005, 0.0])


def result(name, mean, noise=NOISE):
    return Result(name, {}, scores=[{"roc_auc": mean + one} for one in noise])


def choose(results, standard_errors=1):
    def compare(a, b):
        return compare_folds(a.values("roc_auc"), b.values("roc_auc"), 0.25)

    return choose_candidate(results, compare, "roc_auc", standard_errors, "majority")


MAJORITY, LINEAR = result("majority", 0.5), result("linear", 0.8)
SAME = result("forest", 0.801, NOISE[::-1])  # better than `linear` by less than the noise
BETTER = result("boosting", 0.9)


@pytest.mark.parametrize(
    ("results", "standard_errors", "chosen", "simpler"),
    [
        ([MAJORITY, LINEAR, SAME], 1, "linear", "majority"),
        ([MAJORITY, LINEAR, SAME], 0, "forest", "linear"),
        ([MAJORITY, LINEAR, BETTER], 1, "boosting", "linear"),
        ([LINEAR, MAJORITY, SAME], 1, "linear", "majority"),  # the baseline is not the first
    ],
)
def test_the_simplest_as_good_as_the_best_is_chosen(results, standard_errors, chosen, simpler):
    found, choice = choose(results, standard_errors)
    assert found.name == choice["candidate"] == chosen
    assert choice["compared_with"]["candidate"] == simpler


def test_a_baseline_alone_is_no_choice():
    with pytest.raises(UserError, match="no candidate but the baseline"):
        choose([MAJORITY])
