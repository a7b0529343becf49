"""A target that cannot be learned is named with what to do."""

import pandas as pd
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.schema import Column
from ml_portfolio.tables.target import check_parts, check_target, describe_target, encode_target

KIND = Column(name="kind", type="category", role="target", categories=("a", "b"))
PRICE = Column(name="price", type="number", role="target", unit="€", min=0)
WON = Column(name="won", type="boolean", role="target")


def classes(**counts):
    return pd.Series([name for name, count in counts.items() for _ in range(count)])


def test_a_class_is_its_position_in_the_schema_and_a_number_stays_one():
    assert encode_target(pd.Series(["b", "a"]), KIND).tolist() == [1, 0]
    assert encode_target(pd.Series(["false", "true"]), WON).tolist() == [0, 1]
    assert encode_target(pd.Series([2.5, 1.0]), PRICE).tolist() == [2.5, 1.0]


def test_a_target_is_described_by_its_classes_or_its_unit_and_range():
    assert describe_target(KIND) == {"target": "kind", "labels": ["a", "b"]}
    assert describe_target(PRICE) == {"target": "price", "unit": "€", "min": 0, "max": None}


@pytest.mark.parametrize(
    ("values", "column", "task", "message"),
    [
        (classes(a=100), KIND, "classification", "'kind' has one class only .a.: there is nothing"),
        (classes(a=99, b=3), KIND, "classification", "'b' of 'kind' has 3 valid rows, too few"),
        (classes(true=99), WON, "classification", "'won' has one class only"),
        (
            pd.Series([1.0, 2.0]),
            PRICE,
            "classification",
            "predicts classes: write 'type: category'",
        ),
        (classes(a=20, b=20), KIND, "regression", "predicts a number: write 'type: number'"),
        (
            pd.Series([3.0, 3.0]),
            PRICE,
            "regression",
            "'price' is 3 in every row: .* Choose another",
        ),
    ],
)
def test_a_target_that_cannot_be_learned_is_named(values, column, task, message):
    with pytest.raises(UserError, match=message):
        check_target(values, column, task)


def test_a_listed_class_without_rows_is_named():
    """Its position in the list would be taken by the next one, and answers be mislabelled."""
    listed = KIND.model_copy(update={"categories": ("a", "never", "b")})
    with pytest.raises(UserError, match="the class 'never' of 'kind' has 0 valid rows"):
        check_target(classes(a=20, b=20), listed, "classification")


def test_a_part_without_a_class_is_named():
    values = classes(a=10, b=10)
    check_parts(values, {"the test split": values[5:15]}, "classification")
    with pytest.raises(UserError, match="the test split has no row of class 'b'"):
        check_parts(values, {"the test split": values[:5]}, "classification")


def test_a_part_with_one_number_only_is_named():
    values = pd.Series([1.0, 1.0, 2.0, 3.0])
    check_parts(values, {"the test split": values[1:]}, "regression")
    with pytest.raises(UserError, match="the test split has 2 of 4 rows and 1 different value"):
        check_parts(values, {"the test split": values[:2]}, "regression")
