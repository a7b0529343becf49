import pandas as pd
import pytest

from your_package.errors import UserError
from your_package.schema import Column
from your_package.target import check_parts, check_target

COLUMN = Column(name="price", type="number", role="target")


def test_words_are_no_target():
    words = Column(name="kind", type="category", role="target", categories=("a", "b"))
    with pytest.raises(UserError, match="predicts a number: write 'type: number'"):
        check_target(pd.Series(["a", "b"]), words)


def test_a_target_that_is_the_same_everywhere_is_named():
    with pytest.raises(UserError, match="'price' is 3 in every row: .* Choose another target"):
        check_target(pd.Series([3.0, 3.0]), COLUMN)


def test_a_part_too_uniform_to_measure_on_is_named():
    values = pd.Series([1.0, 1.0, 2.0, 3.0])
    check_parts(values, {"the test split": values[1:]})
    with pytest.raises(UserError, match="the test split has 2 of 4 rows and 1 value"):
        check_parts(values, {"the test split": values[:2]})
