"""The target: which column is likely to be it, which ones give it away, and what a task asks."""

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from ml_portfolio.tables.column_types import learn_inputs
from ml_portfolio.tables.leakage import agreement, target_orders
from ml_portfolio.tables.schema import Schema
from ml_portfolio.tables.target import Task, encode_target
from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.tables.guess import Guess, tokens

NAMES = (  # the likeliest first
    {"target"}, {"label", "labels"}, {"class", "y"}, {"outcome", "churn", "churned", "default"},
    {"sentiment", "spam", "topic", "stars", "rating"},
    {"survived", "diagnosis", "fraud", "species", "response", "quality", "result"},
    {"price", "sales", "income", "salary", "cost", "revenue", "demand", "consumption", "mpg"},
)  # fmt: skip
THE_SAME = 0.995  # a feature that agrees so well with the target's order is the target
MAX_ROWS = 5_000  # that are compared


class TargetKind(Protocol):
    """What a task asks of the target: classes, or a number."""

    @property
    def task(self) -> Task: ...

    def fits(self, column: Guess) -> bool:
        """Return whether a column can be the target as it is."""
        ...

    def prepare(self, column: Guess) -> Guess:
        """Return the column as the target.

        Raises UserError where it cannot be, or needs a project of another kind.
        """
        ...

    def settings(
        self, rows: pd.DataFrame, features: Sequence[Guess], target: Guess, by_time: bool
    ) -> list[Setting]:
        """Return the settings that depend on the target. rows: typed, as the pipeline has them."""
        ...


def suggest(guesses: Sequence[Guess], kind: TargetKind) -> str:
    """Return the column that is named like a target, else the last that can be one, or ""."""
    features = [each for each in guesses if each.role == "feature"]
    usable = [each for each in features if each.type not in ("date", "text")]
    fitting = [each for each in usable if kind.fits(each)] or usable
    for names in NAMES:
        if found := [each.name for each in fitting if tokens(each.name) & names]:
            return found[-1]
    return fitting[-1].name if fitting else ""


def find_copies(rows: pd.DataFrame, schema: Schema) -> list[str]:
    """Return the features that order the rows as the target does, or as each of its classes."""
    some = rows.sample(min(MAX_ROWS, len(rows)), random_state=0)
    target = schema.target
    orders = target_orders(encode_target(some[target.name], target), target)
    return [
        column.name
        for column in learn_inputs(schema, some).columns
        if min(agreement(some[column.name], column, [order]) for order in orders) >= THE_SAME
    ]
