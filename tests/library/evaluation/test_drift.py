from collections import Counter

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.config.files import rounded
from ml_portfolio.drift import Bins, number_bins, population_stability_index
from ml_portfolio.evaluation.drift import measure_drift, psi_by_chance
from scipy import stats


def psi(before: pd.Series, after: pd.Series) -> float:
    (found,) = measure_drift(before.to_frame("x"), after.to_frame("x"))
    return found["psi"]


def test_a_known_index():
    before = pd.Series(["a"] * 50 + ["b"] * 50)
    after = pd.Series(["a"] * 80 + ["b"] * 20)
    a, b = 80.5 / 101, 20.5 / 101  # half a row more in each bin
    expected = (a - 0.5) * np.log(a / 0.5) + (b - 0.5) * np.log(2 * b)
    assert psi(before, after) == pytest.approx(expected)
    assert psi(before, before) == 0


RANDOM = np.random.default_rng(0)
COLUMNS = {
    "numbers": RANDOM.normal(size=(2, 3000)),
    "mostly one number": RANDOM.integers(0, 40, (2, 3000)).clip(30),
    "thirds": RANDOM.integers(0, 15, (2, 3000)) / 3,
    "a constant": np.full((2, 3000), 7),
    "missing numbers": np.where(RANDOM.random((2, 3000)) < 0.2, np.nan, RANDOM.random((2, 3000))),
    "categories": RANDOM.choice(list("abc"), (2, 3000)),
    "many categories": RANDOM.geometric(0.1, (2, 3000)).astype(str).astype(object),
    "words like bins": RANDOM.choice(["missing", "other", "else"], (2, 3000)),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_server_measures_the_same_as_the_evaluation(name):
    """The server reads the training data's profile from JSON, and counts requests one by one."""
    before, after = COLUMNS[name]
    after = after[:700]
    known = before[pd.notna(before)]
    reference = {"missing_share": 1 - len(known) / 3000}
    if before.dtype.kind in "if":
        reference |= number_bins(known)
    else:
        reference["counts"] = dict(Counter(known.tolist()).most_common())
    bins = Bins(rounded(reference))
    assert sum(bins.shares.values()) == pytest.approx(1)
    expected = {name: share * 3000 for name, share in bins.shares.items()}
    requests = [None if pd.isna(value) else value for value in after.tolist()]
    actual = Counter(bins.place(value) for value in requests)
    index = population_stability_index(expected, actual)
    assert index == pytest.approx(psi(pd.Series(before), pd.Series(after)), abs=1e-6)
    same = Counter(bins.place(None if pd.isna(value) else value) for value in before.tolist())
    assert population_stability_index(expected, same) == pytest.approx(0, abs=1e-9)


def test_values_fall_into_the_bins_of_training():
    bins = Bins({"missing_share": 0.1, **number_bins(np.array([0] * 6 + [1, 2, 3, 9]))})
    names = [bins.place(value) for value in (None, -1, 0, 0.5, 99)]
    assert names == ["missing", "<= 0", "<= 0", "<= 1.3", "above"]
    assert bins.shares["<= 0"] == pytest.approx(0.9 * 0.6)
    categories = Bins({"counts": {"red": 90, "blue": 10}, "missing_share": 0.0})
    assert [categories.place(value) for value in ("red", "green", None)] == [
        "red",
        "other",
        "missing",
    ]


def test_a_planted_shift_comes_first():
    random = np.random.default_rng(0)
    before = pd.DataFrame({"same": random.normal(size=2000), "moved": random.normal(size=2000)})
    after = pd.DataFrame({"same": random.normal(size=500), "moved": random.normal(1, 1, 500)})
    first, second = measure_drift(before, after)
    assert (first["trait"], second["trait"]) == ("moved", "same")
    assert first["psi"] > 0.25 and second["psi"] < 0.1
    assert first["ks"] == stats.ks_2samp(before["moved"], after["moved"]).statistic


def test_missing_and_unknown_values_count():
    numbers = pd.Series(np.arange(100.0))
    assert psi(numbers, numbers.where(numbers > 30)) > 0.25
    words = pd.Series(["a", "b"] * 50)
    assert psi(words, pd.Series(["a", "c"] * 50)) > 0.25
    (only,) = measure_drift(words.to_frame("x"), words.to_frame("x"))
    assert only["ks"] is None
    never_known = pd.Series([np.nan] * 100)
    assert psi(never_known, never_known) == 0 and psi(never_known, numbers) > 0.25


@pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
def test_dates_are_measured_as_numbers(zone):
    days = pd.Series(pd.date_range("2024-01-01", periods=200, tz=zone))
    assert psi(days, days) == 0
    assert psi(days, days + pd.Timedelta(days=60)) > 0.25
    (only,) = measure_drift(days.to_frame("x"), (days + pd.Timedelta(days=60)).to_frame("x"))
    assert only["ks"] == pytest.approx(0.3, abs=0.01)


def test_a_number_that_most_rows_have():
    before = pd.Series([0.0] * 95 + [1, 2, 3, 4, 5])
    assert psi(before, before) == 0
    assert psi(before, pd.Series([5.0] * 100)) > 0.25


def test_an_empty_bin_of_a_small_sample_weighs_little():
    words = pd.Series(["a"] * 29 + ["b"])
    assert psi(words, pd.Series(["a"] * 30)) < 0.05


@pytest.mark.parametrize(("before", "after"), [(120, 40), (2000, 500)])
def test_chance_explains_the_index_of_equal_distributions(before, after):
    """In 95 of 100 samples no column is above; small ones always exceed the customary 0.1."""
    random = np.random.default_rng(0)
    shares = [0.4, 0.3, 0.1, 0.1, 0.04, 0.03, 0.02, 0.01]

    def draw(rows):
        words = random.choice(list("abcdefgh"), rows, p=shares)
        numbers = {"x": random.normal(size=rows), "z": random.random(rows)}
        return pd.DataFrame({"word": words, **numbers})

    drawn = [measure_drift(draw(before), draw(after)) for _ in range(200)]
    above = np.mean([any(one["psi"] > one["by_chance"] for one in found) for found in drawn])
    assert 0.005 <= above <= 0.1
    assert (np.mean([found[0]["psi"] > 0.1 for found in drawn]) > 0.9) == (after == 40)


def test_what_chance_explains_is_known():
    assert psi_by_chance(200, 100, 10, 0.95) == pytest.approx(
        (1 / 200 + 1 / 100) * 16.919, rel=1e-4
    )
