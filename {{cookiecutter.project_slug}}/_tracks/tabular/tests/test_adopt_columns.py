"""Messy columns: each is read as what it is, or named with what to do."""

import numpy as np
import pandas as pd
import pytest
from adopted import adopt, entry
from conftest import ROOT

from your_package.adopting import table
from your_package.adopting.suggestions import bound
from your_package.adopting.track import FEWEST
from your_package.errors import UserError
from your_package.task import LADDER

ROWS = 300
NUMBERS = [str(place * 7 % 90 + 5) for place in range(ROWS)]


@pytest.fixture(autouse=True)
def in_project(monkeypatch):
    monkeypatch.chdir(ROOT)


def cycle(*values):
    return [values[place % len(values)] for place in range(ROWS)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (["1,234.50", "12.00", "1,000,000", "-5"], ["1234.50", "12.00", "1000000", "-5"]),
        (["1.234,50", "12,25", "1.000.000", "-5"], ["1234.50", "12.25", "1000000", "-5"]),
        (["$1,200", "$15.50", "($300)", "$7"], ["1200", "15.50", "-300", "7"]),
        (["12 %", "7.5%", "100 %", "3%"], ["12", "7.5", "100", "3"]),
        (["1 234 €", "12,5 €", "7 €", "8 €"], ["1234", "12.5", "7", "8"]),
        (["1'234", "2'500.5", "7", "8"], ["1234", "2500.5", "7", "8"]),
        (["1e3", "2.5E-2", "7", "0.5"], ["1e3", "2.5E-2", "7", "0.5"]),
    ],
)
def test_numbers_are_made_plain(written, plain):
    found = adopt(price=cycle(*written))
    assert found.rows["price"].tolist()[:4] == plain
    assert entry(found, "price")["type"] == "number"


@pytest.mark.parametrize(
    "pair",
    [("yes", "no"), ("Y", "N"), ("True", "False"), ("1", "0"), ("1.0", "0.0"), ("ja", "nein")],
)
def test_yes_and_no_in_any_writing(pair):
    found = adopt(paid=cycle(pair[0], pair[0], pair[1]))
    assert found.rows["paid"].tolist()[:3] == ["true", "true", "false"]


def test_yes_no_and_1_0_in_one_column():
    found = adopt(paid=cycle("yes", "0", "TRUE", "no"))
    assert found.rows["paid"].tolist()[:4] == ["true", "false", "true", "false"]


def test_numbers_among_which_some_words_stand_for_nothing():
    values = [*NUMBERS[:-2], "unknown", "n/a"]
    found = adopt(size=values)
    assert found.rows["size"].isna().sum() == 2
    assert entry(found, "size") == {"type": "integer", "nullable": True, "description": ""}
    assert "'size': 1 values that are none left empty" in " ".join(found.changes)


def test_points_part_thousands_where_other_decimals_stand_after_a_comma():
    comma = cycle("1.234,50", "12,25")
    found = adopt(betrag=comma, menge=cycle("6.124", "812"), preis=cycle("1.200 €", "9 €"))
    assert found.rows["menge"].tolist()[:2] == ["6124", "812"]
    assert found.rows["preis"].tolist()[:2] == ["1200", "9"]
    assert "points part thousands here" in found.schema
    found = adopt(betrag=comma, menge=cycle("6.124", "8.5"), share=cycle("0.125", "0.250"))
    assert found.rows["menge"].tolist()[:2] == ["6.124", "8.5"]
    assert found.rows["share"].tolist()[:2] == ["0.125", "0.250"]
    assert adopt(menge=cycle("6.124", "812")).rows["menge"][0] == "6.124"


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_number_without_end_is_left_empty():
    found = adopt(size=["inf", "-inf", *NUMBERS[2:]])
    assert found.rows["size"].isna().sum() == 2


def test_a_column_of_both_numbers_and_words_holds_words():
    found = adopt(code=cycle("1", "2", "A", "B"))
    assert entry(found, "code")["categories"] == ["1", "2", "A", "B"]


def test_a_leading_zero_makes_a_code():
    assert entry(adopt(code=cycle("007", "010", "123")), "code")["type"] == "category"
    assert entry(adopt(zip=cycle("70173", "10115")), "zip")["type"] == "category"


@pytest.mark.parametrize(
    "dates",
    [
        ["2024-01-31", "2024-02-01"],
        ["31.01.2024", "01.02.2024"],
        ["31/01/2024", "01/02/2024"],
        ["01/31/2024", "02/01/2024"],
        ["31 Jan 2024", "1 Feb 2024"],
        ["January 31, 2024", "February 1, 2024"],
        ["2024/01/31", "2024/02/01"],
        ["2024-01-31T00:00:00Z", "2024-02-01T00:00:00Z"],
        ["2024-01-31", "01.02.2024"],
    ],
)
def test_dates_in_several_forms(dates):
    assert adopt(day=cycle(*dates)).rows["day"].tolist()[:2] == ["2024-01-31", "2024-02-01"]


def test_a_day_that_could_be_a_month_is_told(capsys):
    found = adopt(day=cycle("03/04/2024", "05/06/2024"))
    assert found.rows["day"].tolist()[:2] == ["2024-04-03", "2024-06-05"]
    assert "dates like 03/04/2024 are read with the day first" in capsys.readouterr().out


def test_dates_without_a_gap_split_by_time():
    days = [str(day.date()) for day in pd.date_range("2020-01-01", periods=ROWS)]
    found = adopt(day=days)
    assert entry(found, "day")["role"] == "time"
    assert {each.path: each.value for each in found.settings}["preprocess.split"] == "time"


def test_a_day_of_birth_does_not():
    days = [str(day.date()) for day in pd.date_range("1960-01-01", periods=ROWS)]
    assert entry(adopt(date_of_birth=days), "date_of_birth").get("role") != "time"


def test_rows_of_one_patient_stay_together():
    found = adopt(patient_id=[f"p{place // 5}" for place in range(ROWS)])
    assert entry(found, "patient_id")["role"] == "group"
    assert {each.path: each.value for each in found.settings}["preprocess.split"] == "group"


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("empty", [""] * ROWS, "nothing but missing"),
        ("same", ["7"] * ROWS, "always '7'"),
        ("customer_id", [f"c-{place}" for place in range(ROWS)], "an identifier"),
        ("id", [str(place + 1000) for place in range(ROWS)], "an identifier"),
        ("Unnamed: 0", [str(place * 7 % ROWS) for place in range(ROWS)], "an identifier"),
        ("#", [str(place) for place in range(ROWS)], "counts the rows"),
        ("Sr", [str(place + 1) for place in range(ROWS)], "counts the rows"),
        ("town", [f"town {place // 2}" for place in range(ROWS)], "too many for their rows"),
    ],
)
def test_what_nothing_can_be_learnt_from_is_left_out(name, values, why):
    found = adopt(**{name: values})
    assert entry(found, name)["role"] == "ignore"
    assert why in found.schema


def test_a_copy_of_the_target_is_left_out(capsys):
    found = adopt(copy=None)
    assert entry(found, "copy")["role"] == "ignore"
    assert "'copy' orders the rows as 'answer' does" in capsys.readouterr().out


def test_a_thousand_categories():
    found = adopt(rows=4000, city=[f"city {place % 1000}" for place in range(4000)])
    assert len(entry(found, "city")["categories"]) == 1000


@pytest.mark.parametrize("name", ["sex", "Gender", "applicantRace", "native-country", "disability"])
def test_a_sensitive_name_is_marked(name):
    assert entry(adopt(**{name: cycle("a", "b", "c", "b")}), name)["sensitive"] is True


def test_letters_of_any_alphabet():
    found = adopt(цвет=cycle("красный", "синий", "緑", "緑"))
    assert entry(found, "цвет")["categories"] == ["красный", "синий", "緑"]


def test_white_space_around_a_value_is_none_of_it():
    assert entry(adopt(kind=cycle(" a", "a ", "b")), "kind")["categories"] == ["a", "b"]


def test_words_that_differ_in_capitals_only_are_one():
    found = adopt(kind=cycle("red", "Red", "RED ", "blue", "red"))
    assert entry(found, "kind")["categories"] == ["blue", "red"]
    assert found.rows["kind"].tolist()[:4] == ["red", "red", "red", "blue"]
    assert "'kind': words that differ in capitals only made one." in found.changes


def test_more_rows_than_are_held_at_a_time(monkeypatch):
    monkeypatch.setattr(table, "CELLS", 3_000)
    days = [str(day.date()) for day in pd.date_range("1990-01-01", periods=9_000)]
    found = adopt(rows=9_000, day=days, code=[f"c{place // 4_000}" for place in range(9_000)])
    assert len(found.rows) == 9_000
    assert found.rows["day"].tolist() == days
    assert entry(found, "code")["categories"] == ["c0", "c1", "c2"]


def test_with_very_many_rows_candidates_are_bounded():
    assert bound(10_000) == []
    found = {setting.path.split(".")[-1]: setting.value for setting in bound(2_000_000)}
    rows = pd.DataFrame({"x": np.arange(60_000.0)})
    for name in found.keys() & LADDER.keys():
        fewer = found[name] | ({"n_estimators": 1} if name == "random_forest" else {})
        LADDER[name](rows, 0, **fewer).fit(rows, rows["x"] > 30_000)
    forest = LADDER["random_forest"](rows, 0, **found["random_forest"])
    assert forest[-1].max_samples == 0.05


def test_rows_without_a_target_are_left_out_and_counted():
    found = adopt(gaps=10)
    assert len(found.rows) == ROWS - 10
    assert "10 rows without 'answer' left out." in found.changes


def test_what_is_adopted_can_be_evaluated():
    with pytest.raises(UserError, match="are too few to learn from: collect"):
        adopt(rows=FEWEST - 1)
    assert len(adopt(rows=FEWEST).rows) == FEWEST
    with pytest.raises(UserError, match="evaluate.confidence 0.9 needs more than the 8 rows"):
        adopt(rows=FEWEST, gaps=2)


def test_fifty_columns_and_a_hundred_rows():
    more = {f"x{place}": [str(row * (place + 3) % 97) for row in range(100)] for place in range(50)}
    assert len(adopt(rows=100, **more).features) == 51


def test_several_hundred_columns():
    more = {
        f"x{place}": [str(row * (place % 90 + 3) % 97) for row in range(100)]
        for place in range(400)
    }
    assert len(adopt(rows=100, **more).features) == 401
