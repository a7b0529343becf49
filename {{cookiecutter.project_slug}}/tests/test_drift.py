import numpy as np
import pandas as pd
import pytest
from scipy import stats

from your_package.evaluation.drift import measure_drift, psi


def test_known_figures():
    before = pd.Series(["a"] * 50 + ["b"] * 50)
    after = pd.Series(["a"] * 80 + ["b"] * 20)
    assert psi(before, after) == pytest.approx(0.3 * np.log(1.6) - 0.3 * np.log(0.4))
    assert psi(before, before) == 0


def test_a_planted_shift_is_found_and_comes_first():
    random = np.random.default_rng(0)
    before = pd.DataFrame({"same": random.normal(size=2000), "moved": random.normal(size=2000)})
    after = pd.DataFrame({"same": random.normal(size=500), "moved": random.normal(1, 1, 500)})
    first, second = measure_drift(before, after)
    assert (first["trait"], second["trait"]) == ("moved", "same")
    assert first["psi"] > 0.25 and second["psi"] < 0.1
    assert first["ks"] == stats.ks_2samp(before["moved"], after["moved"]).statistic


def test_values_that_go_missing_or_never_were_there_count():
    numbers = pd.Series(np.arange(100.0))
    assert psi(numbers, numbers.where(numbers > 30)) > 0.25
    words = pd.Series(["a", "b"] * 50)
    assert psi(words, pd.Series(["a", "c"] * 50)) > 0.25
    (only,) = measure_drift(pd.DataFrame({"x": words}), pd.DataFrame({"x": words}))
    assert only["ks"] is None


def test_one_number_in_most_rows_does_no_harm():
    before = pd.Series([0.0] * 95 + [1, 2, 3, 4, 5])
    assert psi(before, before) == 0
    assert psi(before, pd.Series([5.0] * 100)) > 0.25
