"""Each kind of split keeps what it promises, and says what it lacks."""

import numpy as np
import pandas as pd
import pytest

from your_package.errors import UserError
from your_package.schema import Column, Schema
from your_package.splits import find_key, folds, split

ROWS = 1000
KEYS = {
    "random": pd.Series(np.arange(ROWS) % 7),
    "stratified": pd.Series(np.where(np.arange(ROWS) % 4, "a", "b")),
    "group": pd.Series([f"machine {place}" for place in np.arange(ROWS) % 50]),
    "time": pd.Series(np.arange(ROWS)[::-1] // 10),  # newest first, ten rows of each time
}


def parts_of(kind, seed=1):
    rows = pd.DataFrame({"key": KEYS[kind], "number": range(ROWS)})
    return split(rows, kind, "key", validation_share=0.2, test_share=0.2, seed=seed)


@pytest.mark.parametrize("kind", KEYS)
def test_every_row_is_in_one_part_of_the_size_asked_for(kind):
    parts = parts_of(kind)
    assert {name: len(part) for name, part in parts.items()} == {
        "train": 600,
        "validation": 200,
        "test": 200,
    }
    assert sorted(pd.concat(parts.values())["number"]) == list(range(ROWS))


@pytest.mark.parametrize("kind", ["random", "stratified", "group"])
def test_the_seed_decides(kind):
    again = [parts_of(kind, seed)["test"]["number"].tolist() for seed in (1, 1, 2)]
    assert again[0] == again[1] != again[2]


def test_classes_keep_their_shares():
    assert all((part["key"] == "b").mean() == 0.25 for part in parts_of("stratified").values())


def test_a_group_is_in_one_part_only():
    groups = [set(part["key"]) for part in parts_of("group").values()]
    assert sum(map(len, groups)) == 50


def test_the_past_is_learnt_from_and_the_future_tested_on():
    train, validation, test = parts_of("time").values()
    assert train["key"].max() < validation["key"].min()
    assert validation["key"].max() < test["key"].min()
    assert train["key"].is_monotonic_increasing


def test_rows_of_one_time_stay_together():
    rows = pd.DataFrame({"key": [1, 1, 2, 2, 2, 2, 2, 3, 3, 3]})
    parts = split(rows, "time", "key", 0.2, 0.2, 1)
    assert [sorted(set(part["key"])) for part in parts.values()] == [[1], [2], [3]]


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


@pytest.mark.parametrize("kind", ["group", "time"])
@pytest.mark.parametrize("key", [[1] * 10, [1] * 5 + [2] * 5])
def test_a_key_with_too_few_values_is_named(kind, key):
    with pytest.raises(UserError, match="cannot be split by 'key': it has too few different"):
        split(pd.DataFrame({"key": key}), kind, "key", 0.2, 0.2, 1)


def test_a_time_that_most_rows_share_is_named():
    with pytest.raises(UserError, match="most rows have the same"):
        split(pd.DataFrame({"key": [1] * 20 + [2, 3]}), "time", "key", 0.2, 0.2, 1)


SIZE, PRICE = Column(name="size", type="number"), Column(name="price", type="number", role="target")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("time", "no column has 'role: time': write it under one in data/schema.yaml"),
        ("group", "no column has 'role: group'"),
        ("stratified", "the target 'price' is a number: write random, group or time"),
    ],
)
def test_a_split_that_the_schema_cannot_steer_is_named(kind, message):
    with pytest.raises(UserError, match=message):
        find_key(kind, Schema(columns=(SIZE, PRICE)))


def test_the_column_with_the_role_steers():
    day = Column(name="day", type="date", role="time")
    assert find_key("time", Schema(columns=(SIZE, PRICE, day))) == "day"
