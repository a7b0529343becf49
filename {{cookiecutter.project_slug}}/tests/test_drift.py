import numpy as np
import pandas as pd
import pytest
from scipy import stats

from your_package.evaluation import drift
from your_package.evaluation.drift import by_chance, count, measure_drift


def psi(before: pd.Series, after: pd.Series) -> float:
    return drift.psi(count(before, after))


def test_known_figures():
    before = pd.Series(["a"] * 50 + ["b"] * 50)
    after = pd.Series(["a"] * 80 + ["b"] * 20)
    a, b = 80.5 / 101, 20.5 / 101  # half a row more in each bin
    assert psi(before, after) == pytest.approx(
        (a - 0.5) * np.log(a / 0.5) + (b - 0.5) * np.log(2 * b)
    )
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


def test_an_empty_bin_of_a_small_sample_says_little():
    words = pd.Series(["a"] * 29 + ["b"])
    assert psi(words, pd.Series(["a"] * 30)) < 0.05


@pytest.mark.parametrize(("before", "after"), [(120, 40), (2000, 500)])
def test_chance_is_above_the_index_of_samples_that_are_alike(before, after):
    """In 95 of 100 of them no column is above; the customary 0.1 the small ones pass each time."""
    random = np.random.default_rng(0)

    def draw(rows):
        words = random.choice(
            list("abcdefgh"), rows, p=[0.4, 0.3, 0.1, 0.1, 0.04, 0.03, 0.02, 0.01]
        )
        return pd.DataFrame(
            {"word": words, "x": random.normal(size=rows), "z": random.random(rows)}
        )

    drawn = [measure_drift(draw(before), draw(after)) for _ in range(200)]
    above = np.mean([any(one["psi"] > one["by_chance"] for one in found) for found in drawn])
    assert 0.005 <= above <= 0.1
    assert (np.mean([found[0]["psi"] > 0.1 for found in drawn]) > 0.9) == (after == 40)


def test_what_chance_explains_is_known():
    rows = np.full((10, 2), [20, 10])
    assert by_chance(rows, 0.95) == pytest.approx((1 / 200 + 1 / 100) * 16.919, rel=1e-4)
