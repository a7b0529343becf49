import numpy as np
import pandas as pd
import pytest

from your_package.errors import UserError
from your_package.splits import folds, split


def rows(**classes):
    return pd.DataFrame({"y": [name for name, count in classes.items() for _ in range(count)]})


def test_every_row_is_in_one_part_and_classes_keep_their_shares():
    data = rows(a=750, b=250)
    parts = split(data, "y", validation_share=0.2, test_share=0.2, seed=1)
    assert {name: len(part) for name, part in parts.items()} == {
        "train": 600,
        "validation": 200,
        "test": 200,
    }
    assert sorted(pd.concat(parts.values()).index) == list(data.index)
    assert all((part["y"] == "b").mean() == 0.25 for part in parts.values())


def test_the_seed_decides():
    data = rows(a=50, b=50)
    again = [split(data, "y", 0.2, 0.2, seed)["test"].index.tolist() for seed in (1, 1, 2)]
    assert again[0] == again[1] != again[2]


@pytest.mark.parametrize(
    ("data", "message"), [(rows(a=100), "one class only"), (rows(a=99, b=3), "'b' of 'y' has 3")]
)
def test_too_few_classes_or_rows_are_named(data, message):
    with pytest.raises(UserError, match=message):
        split(data, "y", 0.2, 0.2, 1)


def test_a_split_too_small_for_all_classes_is_named():
    data = rows(**{f"class {number}": 10 for number in range(12)})
    with pytest.raises(UserError, match="take a row of all 12 classes, and one takes 6 rows"):
        split(data, "y", 0.05, 0.2, 1)


def test_folds_hold_out_each_row_once():
    y = np.array([0, 1] * 20)
    parts = folds(y, 4, seed=1)
    assert sorted(np.concatenate([held_out for _, held_out in parts])) == list(range(40))
    with pytest.raises(UserError, match="train.folds is 30"):
        folds(y, 30, seed=1)
