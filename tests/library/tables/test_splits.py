"""Each kind of split keeps its promise, and what it lacks is named."""

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.schema import Column, Schema
from ml_portfolio.tables.splits import find_key, folds, hold_out

ROWS = 1000
KEYS = {
    "random": pd.Series(np.arange(ROWS) % 7),
    "stratified": pd.Series(np.where(np.arange(ROWS) % 4, "a", "b")),
    "group": pd.Series([f"machine {number}" for number in np.arange(ROWS) % 50]),
    "time": pd.Series(np.arange(ROWS)[::-1] // 10),  # newest first, ten rows of each time
}


@pytest.mark.parametrize("kind", KEYS)
def test_every_row_is_on_one_side_and_the_share_is_held_out(kind):
    rest, held_out = hold_out(kind, KEYS[kind], 0.2, seed=1)
    assert (len(rest), len(held_out)) == (800, 200)
    assert sorted(np.concatenate([rest, held_out])) == list(range(ROWS))


@pytest.mark.parametrize("kind", ["random", "stratified", "group"])
def test_the_seed_decides(kind):
    first, same, other = (hold_out(kind, KEYS[kind], 0.2, seed)[1].tolist() for seed in (1, 1, 2))
    assert first == same != other


def test_classes_keep_their_shares():
    key = KEYS["stratified"]
    assert [(key[part] == "b").mean() for part in hold_out("stratified", key, 0.2, 1)] == [0.25] * 2


def test_a_group_is_on_one_side_only():
    rest, held_out = hold_out("group", KEYS["group"], 0.2, seed=1)
    assert not set(KEYS["group"][rest]) & set(KEYS["group"][held_out])


def test_the_future_is_held_out_each_side_in_its_order():
    rest, held_out = (KEYS["time"][part] for part in hold_out("time", KEYS["time"], 0.2, seed=1))
    assert rest.max() < held_out.min()
    assert rest.is_monotonic_increasing and held_out.is_monotonic_increasing


def test_rows_of_one_time_stay_together():
    rest, held_out = hold_out("time", pd.Series([1, 1, 1, 2, 2, 2, 2, 2, 2, 2]), 0.2, seed=1)
    assert (len(rest), len(held_out)) == (3, 7)


@pytest.mark.parametrize("kind", ["random", "stratified", "group"])
def test_folds_hold_out_each_row_once(kind):
    cuts = folds(kind, KEYS[kind], 4, seed=1)
    assert sorted(np.concatenate([held_out for _, held_out in cuts])) == list(range(ROWS))
    for fitted, held_out in cuts:
        assert not set(fitted) & set(held_out)
        if kind == "group":
            assert not set(KEYS[kind][fitted]) & set(KEYS[kind][held_out])


def test_folds_of_time_are_fitted_on_all_that_came_before():
    key = KEYS["time"]
    for fitted, held_out in folds("time", key, 4, seed=1):
        assert set(fitted) == set(key.index[key < key[held_out].min()])


@pytest.mark.parametrize(
    ("kind", "key", "count", "message"),
    [
        ("stratified", ["a"] * 9 + ["b"] * 3, 4, "from 2 to 3: .* 3 rows of the rarest class"),
        ("group", ["a", "b", "c"] * 4, 4, "from 2 to 3: .* 3 different values of 'key'"),
        ("time", [1, 2, 3] * 4, 4, "from 2 to 2: .* 2 values of 'key' after the first"),
        ("random", [1, 2, 3], 1, "from 2 to 3"),
    ],
)
def test_too_many_or_too_few_folds_are_named(kind, key, count, message):
    with pytest.raises(UserError, match=f"train.folds is {count}, but must be {message}"):
        folds(kind, pd.Series(key, name="key"), count, seed=1)


@pytest.mark.parametrize(
    ("kind", "key"),
    [("group", [1] * 10), ("time", [1] * 10), ("time", [1] * 20 + [2, 3])],
)
def test_a_key_with_too_few_values_is_named(kind, key):
    with pytest.raises(UserError, match="cannot be split by 'key': .* or most rows have the same"):
        hold_out(kind, pd.Series(key, name="key"), 0.2, seed=1)


@pytest.mark.parametrize(
    ("kind", "key", "message"),
    [
        ("stratified", [*range(12)] * 10, "a row of each of the 12 classes .* would get 6"),
        ("random", [1], "leave a row to each split, and one would get 0"),
    ],
)
def test_a_split_too_small_is_named(kind, key, message):
    with pytest.raises(UserError, match=message):
        hold_out(kind, pd.Series(key), 0.05, seed=1)


SIZE, PRICE = Column(name="size", type="number"), Column(name="price", type="number", role="target")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("time", "no column has 'role: time': write it under one in data/schema.yaml"),
        ("group", "no column has 'role: group'"),
        ("stratified", "the target 'price' is a number: write random, group or time"),
    ],
)
def test_a_split_without_its_column_is_named(kind, message):
    with pytest.raises(UserError, match=message):
        find_key(kind, Schema(columns=(SIZE, PRICE)))


def test_the_column_with_the_role_decides():
    day = Column(name="day", type="date", role="time")
    assert find_key("time", Schema(columns=(SIZE, PRICE, day))) == "day"
    assert find_key("random", Schema(columns=(SIZE, PRICE, day))) == "price"
