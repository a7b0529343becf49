import numpy as np
import pytest

from your_package.errors import UserError
from your_package.evaluation.quantile import conformal_quantile


def test_the_correction_for_finite_data():
    errors = np.arange(1.0, 100)[::-1]  # 99 of them: (99 + 1) * 0.9 = the 90th smallest
    assert conformal_quantile(errors, 0.9) == 90


def test_too_few_rows_are_named():
    assert conformal_quantile(np.arange(9.0), 0.9) == 8
    with pytest.raises(UserError, match="needs more than the 8 rows"):
        conformal_quantile(np.arange(8.0), 0.9)


def test_a_new_error_is_below_as_often_as_promised():
    random = np.random.default_rng(0)
    below = [
        random.gamma(1) <= conformal_quantile(random.gamma(1, 1, 40), 0.8) for _ in range(4000)
    ]
    assert np.mean(below) == pytest.approx(33 / 41, abs=0.02)  # the 33rd of 40, exactly
