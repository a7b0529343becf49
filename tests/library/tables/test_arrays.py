"""Valid rows as a model sees them, as requests, in blocks, in groups, and summarized."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from library import mixed_table
from ml_portfolio.tables.arrays import blocks, features
from ml_portfolio.tables.column_types import (
    COLUMN_TYPES,
    as_requests,
    golden_requests,
    learn_inputs,
)
from ml_portfolio.tables.columns import InputColumn
from ml_portfolio.tables.profile import profile
from ml_portfolio.tables.schema import Column
from ml_portfolio.tables.traits import traits

SCHEMA = mixed_table.schema("classification")
NAMES = [column.name for column in mixed_table.FEATURES]


@pytest.fixture(scope="module")
def rows():
    return mixed_table.rows("classification")


@pytest.fixture(scope="module")
def inputs(rows):
    return learn_inputs(SCHEMA, rows)


def test_each_type_is_known_everywhere():
    in_schema = set(get_args(Column.model_fields["type"].annotation))
    served = {
        word
        for each in get_args(get_args(InputColumn)[0])
        for word in get_args(each.model_fields["type"].annotation)
    }
    assert in_schema == set(COLUMN_TYPES) == served
    assert {column.type for column in mixed_table.FEATURES} == in_schema


def test_x_is_numbers_and_words_without_gaps(rows, inputs):
    X = features(rows, inputs)
    assert {str(kind) for kind in X.dtypes} == {"float32", "object"}
    first, x = rows.iloc[0], X.iloc[0]
    seen = first["seen <at>"]
    assert x["seen <at>: weekday"] == seen.weekday() and x["seen <at>: day"] == seen.day
    assert x["seen <at>: hour"] == np.float32(seen.hour + seen.minute / 60)
    assert x['what "was" said: refund'] == ("efund" in str(first['what "was" said']))
    assert "bought on: hour" not in X
    assert X["size: of it"].dropna().unique().tolist() == [2, 1, 0]
    assert set(X["цвет"]) == {"red", "green", "blue", "missing"}


def test_only_categories_of_the_training_rows_are_learned(rows):
    inputs = learn_inputs(SCHEMA, rows[rows["цвет"] != "green"])
    colour = next(column for column in inputs.columns if column.name == "цвет")
    assert colour.categories == ["red", "blue"]


def test_rows_become_requests(rows):
    request = as_requests(rows.iloc[:1], SCHEMA)[0]
    assert list(request) == NAMES
    assert isinstance(request["age, in years"], int) and isinstance(request["smokes?"], bool)
    assert request["seen <at>"] == rows.iloc[0]["seen <at>"].strftime("%Y-%m-%dT%H:%M:%S")
    assert request["bought on"] == rows.iloc[0]["seen <at>"].strftime("%Y-%m-%d")
    missing = as_requests(rows[rows["цвет"].isna()].iloc[:1], SCHEMA)[0]
    assert missing["цвет"] is None


def test_golden_requests_are_spread_and_hold_missing_and_unseen_values(rows, inputs):
    requests = golden_requests(rows, SCHEMA, inputs, 4)
    assert len(requests) == 6
    assert requests[:4] == as_requests(rows.iloc[[0, 200, 400, 600]], SCHEMA)
    nullable = {column.name for column in mixed_table.FEATURES if column.nullable}
    assert {name for name in NAMES if requests[4][name] is None} >= nullable
    assert requests[5]["цвет"] == requests[5]["size: of it"] == "never seen"


def test_blocks_are_groups_periods_or_single_rows():
    rows = pd.DataFrame({"key": ["b", "a", "b", "c"], "time": [3, 1, 2, 4]})
    assert blocks(rows, "group", "key").tolist() == [0, 1, 0, 2]
    assert blocks(rows, "random", "key").tolist() == [0, 1, 2, 3]
    periods = blocks(pd.DataFrame({"time": np.arange(100)[::-1]}), "time", "time")
    assert np.bincount(periods).tolist() == [9, *[10] * 9, 1]
    assert periods[0] == 10 and periods[-1] == 0


def test_rows_are_grouped_by_features_and_target(rows):
    table = traits(rows, SCHEMA)
    assert list(table) == [*NAMES, mixed_table.TARGET]
    text = 'what "was" said'
    assert table[text].iloc[0] == len(rows[text].iloc[0])


def test_a_profile_describes_each_column(rows):
    summary = profile(rows, SCHEMA)
    assert summary["rows"] == mixed_table.ROWS and summary["duplicates"] == 0
    columns = summary["columns"]
    assert set(columns) == {*NAMES, mixed_table.TARGET}
    age = columns["age, in years"]
    assert 0.02 < age["missing_share"] < 0.1 and age["quantiles"][0] == rows["age, in years"].min()
    assert age["mean"] == pytest.approx(rows["age, in years"].mean())
    assert age["std"] == pytest.approx(rows["age, in years"].std(ddof=0))
    days = columns["bought on"]["quantiles"]
    first = rows["bought on"].min() - pd.Timestamp("1970-01-01", tz="UTC")
    assert len(days) == 11 and days[0] == first.days
    assert list(columns["цвет"]["counts"].values()) == sorted(
        rows["цвет"].value_counts(), reverse=True
    )
    empty = profile(rows.iloc[:0], SCHEMA)["columns"]["class"]
    assert empty == {"type": "number", "missing_share": 1.0, "distinct": 0}
