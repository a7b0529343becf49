import pandas as pd
import pytest

from your_package.errors import UserError
from your_package.schema import Column
from your_package.target import check_parts, check_target, encode

COLUMN = Column(name="kind", type="category", role="target", categories=("a", "b"))


def classes(**counts):
    return pd.Series([name for name, count in counts.items() for _ in range(count)])


def test_a_class_is_its_place_in_the_schema():
    assert encode(pd.Series(["b", "a"]), COLUMN).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (classes(a=100), "has one class only"),
        (classes(a=99, b=3), "'b' of 'kind' has 3 good rows"),
    ],
)
def test_too_few_classes_or_rows_are_named(values, message):
    with pytest.raises(UserError, match=message):
        check_target(values, COLUMN)


def test_a_number_is_no_class():
    number = Column(name="size", type="number", role="target")
    with pytest.raises(UserError, match="this project predicts classes: write 'type: category'"):
        check_target(pd.Series([1.0, 2.0]), number)


def test_a_part_without_a_class_is_named():
    values = classes(a=10, b=10)
    check_parts(values, {"the test split": values[5:15]})
    with pytest.raises(UserError, match="the test split has no row of class 'b'"):
        check_parts(values, {"the test split": values[:5]})
