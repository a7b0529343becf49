"""Features that reveal the target are found, others are not."""

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.tables.leakage import find_leaks, rank_agreement, warn
from ml_portfolio.tables.schema import Column, Schema

ROWS = 800
RANDOM = np.random.default_rng(0)


TARGETS = (
    Column(name="y", type="number", role="target"),
    Column(name="y", type="category", role="target", categories=("a", "b", "c")),
)


@pytest.fixture(params=TARGETS, ids=["number", "classes"])
def table(request):
    """A target, and features that have nothing to do with it."""
    target = request.param
    y = RANDOM.integers(0, len(target.categories) or 9, ROWS)
    values = y.astype(float) if target.is_number else np.array(target.categories)[y]
    noise = {"noise": RANDOM.normal(size=ROWS), "other noise": RANDOM.normal(size=ROWS)}
    return pd.DataFrame({target.name: values, **noise}), y, target


def leaks(rows, target):
    features = [Column(name=name, type="number") for name in rows if name != target.name]
    found = find_leaks(rows, Schema(columns=(*features, target)), 0.95, seed=0)
    return [leak["from"] for leak in found]


def test_honest_features_are_not_named(table):
    rows, _, target = table
    assert leaks(rows, target) == []


def test_a_copy_of_the_answer_is_named_however_it_is_scaled(table):
    rows, y, target = table
    assert leaks(rows.assign(copy=-3.0 * y + 5), target) == ["copy"]


def test_two_parts_of_the_answer_are_named_together(table):
    rows, y, target = table
    part = RANDOM.normal(0, 30, ROWS)
    assert leaks(rows.assign(one=part, two=y - part), target) == ["one + two"]


def test_a_warning_says_what_to_do(capsys):
    warn([{"from": "one + two", "strength": 1.0}], "bikes")
    printed = capsys.readouterr().out
    assert printed.startswith("warning: 'one + two' orders the rows almost as 'bikes' does (1.000")
    assert "role: ignore" in printed


def test_agreement_is_spearman_for_numbers_and_gini_for_classes():
    values, target = pd.Series([1.0, 2.0, 4.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0])
    assert rank_agreement(values, [target]) == pytest.approx(0.8)
    assert rank_agreement(pd.Series([1.0, 2.0, 3.0, 4.0]), [np.array([0, 1, 0, 1])]) == 0.5
    assert rank_agreement(pd.Series([1.0, 1.0]), [np.array([1.0, 2.0])]) == 0
