"""Messy columns: each is read as what it is, or named with what to do."""

import pandas as pd
import pytest
from library.adopt.samples import adopt_columns as adopt
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.tables.adopter import MIN_ROWS, limit_candidates

ROWS = 300
NUMBERS = [str(place * 7 % 90 + 5) for place in range(ROWS)]


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
    assert found.entries["price"]["type"] == "number"


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
    assert found.entries["size"] == {"type": "integer", "nullable": True, "description": ""}
    assert "'size': unreadable values left empty: 1" in " ".join(found.changes)


def test_points_separate_thousands_where_other_decimals_follow_a_comma():
    comma = cycle("1.234,50", "12,25")
    found = adopt(betrag=comma, menge=cycle("6.124", "812"), preis=cycle("1.200 €", "9 €"))
    assert found.rows["menge"].tolist()[:2] == ["6124", "812"]
    assert found.rows["preis"].tolist()[:2] == ["1200", "9"]
    assert "'menge': numbers written plainly, read with a decimal comma." in found.changes
    assert found.entries["length"]["type"] == "integer"
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
    assert found.entries["code"]["categories"] == ["1", "2", "A", "B"]


def test_a_leading_zero_makes_a_code():
    assert adopt(code=cycle("007", "010", "123")).entries["code"]["type"] == "category"
    assert adopt(zip=cycle("70173", "10115")).entries["zip"]["type"] == "category"


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


def test_a_day_that_could_be_a_month_is_noted(capsys):
    found = adopt(day=cycle("03/04/2024", "05/06/2024"))
    assert found.rows["day"].tolist()[:2] == ["2024-04-03", "2024-06-05"]
    assert "dates like 03/04/2024 are read with the day first" in capsys.readouterr().out


def test_dates_without_a_gap_split_by_time():
    days = [str(day.date()) for day in pd.date_range("2020-01-01", periods=ROWS)]
    found = adopt(day=days)
    assert found.entries["day"]["role"] == "time"
    assert found.settings["preprocess.split"] == "time"


def test_a_day_of_birth_does_not():
    days = [str(day.date()) for day in pd.date_range("1960-01-01", periods=ROWS)]
    assert adopt(date_of_birth=days).entries["date_of_birth"].get("role") != "time"


def test_rows_of_one_patient_stay_together():
    found = adopt(patient_id=[f"p{place // 5}" for place in range(ROWS)])
    assert found.entries["patient_id"]["role"] == "group"
    assert found.settings["preprocess.split"] == "group"


@pytest.mark.parametrize(
    ("name", "values", "reason"),
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
def test_a_column_without_information_is_left_out(name, values, reason):
    found = adopt(**{name: values})
    assert found.entries[name]["role"] == "ignore"
    assert reason in found.schema


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_a_copy_of_the_target_is_left_out(task, capsys):
    found = adopt(copy=None, task=task)
    assert found.entries["copy"]["role"] == "ignore"
    assert "'copy' orders the rows as 'answer' does" in capsys.readouterr().out


def test_a_thousand_categories():
    found = adopt(rows=4000, city=[f"city {place % 1000}" for place in range(4000)])
    assert len(found.entries["city"]["categories"]) == 1000


@pytest.mark.parametrize("name", ["sex", "Gender", "applicantRace", "native-country", "disability"])
def test_a_sensitive_name_is_marked(name):
    found = adopt(**{name: cycle("a", "b", "c", "b")})
    assert found.entries[name]["sensitive"] is True


def test_letters_of_any_alphabet():
    found = adopt(цвет=cycle("красный", "синий", "緑", "緑"))
    assert found.entries["цвет"]["categories"] == ["красный", "синий", "緑"]


def test_white_space_around_a_value_is_none_of_it():
    assert adopt(kind=cycle(" a", "a ", "b")).entries["kind"]["categories"] == ["a", "b"]


def test_words_that_differ_only_in_capitals_are_merged():
    found = adopt(kind=cycle("red", "Red", "RED ", "blue", "red"))
    assert found.entries["kind"]["categories"] == ["blue", "red"]
    assert found.rows["kind"].tolist()[:4] == ["red", "red", "red", "blue"]
    assert "'kind': words that differ only in capitals merged." in found.changes


def test_with_very_many_rows_candidates_are_limited():
    assert limit_candidates(10_000) == []
    found = {each.path.split(".")[-1]: each.value for each in limit_candidates(2_000_000)}
    assert found["random_forest"] == {"max_samples": 0.05}
    assert found["ridge"]["cv"] == 2


def test_rows_without_a_target_are_left_out_and_counted():
    found = adopt(gaps=10)
    assert len(found.rows) == ROWS - 10
    assert "10 rows without 'answer' left out." in found.changes


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_what_is_adopted_can_be_evaluated(task):
    with pytest.raises(UserError, match="are too few to learn from: collect"):
        adopt(rows=MIN_ROWS - 1, task=task)
    assert len(adopt(rows=MIN_ROWS, task=task).rows) == MIN_ROWS
    with pytest.raises(UserError, match="evaluate.confidence 0.9 needs more than the 8 rows"):
        adopt(rows=MIN_ROWS, gaps=2, task=task)


def test_fifty_columns_and_a_hundred_rows():
    more = {f"x{place}": [str(row * (place + 3) % 97) for row in range(100)] for place in range(50)}
    assert len(adopt(rows=100, **more).features) == 51


def test_several_hundred_columns():
    more = {
        f"x{place}": [str(row * (place % 90 + 3) % 97) for row in range(100)]
        for place in range(400)
    }
    assert len(adopt(rows=100, **more).features) == 401
