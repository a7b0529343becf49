"""The target: which column is likely to be it, which ones give it away, and what a task asks."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.column_types import learn_inputs
from ml_portfolio.tables.leakage import agreement, target_orders
from ml_portfolio.tables.schema import Schema
from ml_portfolio.tables.target import MIN_CLASS_ROWS, Task, encode_target
from ml_portfolio.tool.adopt.adoption import Setting, refuse
from ml_portfolio.tool.adopt.tables.guess import MAX_CATEGORIES, Guess, count_categories
from ml_portfolio.tool.adopt.tables.table import merge_case
from ml_portfolio.tool.adopt.words import WORDS, tokens

MAX_CLASSES = 200  # of words
MAX_CODES = 20  # classes that are written as whole numbers
MAX_GROUPS = 24  # values of a column by which the baseline may average
GAIN = 0.1  # of the mean absolute deviation: a smaller gain is not worth a model, unless changed
THE_SAME = 0.995  # a feature that agrees so well with the target's order is the target
MAX_ROWS = 5_000  # that are compared


class TargetKind(Protocol):
    """What a task asks of the target: classes, or a number."""

    task: Task

    def fits(self, column: Guess) -> bool:
        """Return whether a column can be the target as it is."""
        ...

    def prepare(self, column: Guess) -> Guess:
        """Return the column as the target; raises UserError where it cannot be one here."""
        ...

    def settings(self, rows: pd.DataFrame, features: list[Guess], target: Guess) -> list[Setting]:
        """Return the settings that depend on the target. rows: typed, as the pipeline has them."""
        ...


class ClassTarget:
    """The target of a classification."""

    task: Task = "classification"

    def fits(self, column: Guess) -> bool:
        most = MAX_CODES if column.is_number else MAX_CLASSES
        return 2 <= column.tally.distinct <= most and column.type not in ("number", "text")

    def prepare(self, column: Guess) -> Guess:
        """Return the column as the target, without the classes that have too few rows."""
        if column.is_number and not self.fits(column):
            reason = f"'{column.name}' is a number, and this project predicts classes."
            raise refuse(reason, "tabular-regression")
        tally = column.tally
        if not self.fits(column):
            raise UserError(
                f"'{column.name}' has {tally.distinct:,} different values and cannot be a class: "
                "name another column with --target COLUMN."
            )
        style = "integer" if tally.integers == tally.known else ""
        target = column.but(
            role="target", reason="what is predicted", style=style, sensitive=False, formats=()
        )
        if target.type == "boolean" and len(set(merge_case(tally.counts.index).values())) > 2:
            return target.but(categories=("false", "true"))  # of yes, TRUE and 1
        rows = count_categories(target)
        kept = order_classes({name: rows[name] for name in rows if rows[name] >= MIN_CLASS_ROWS})
        if len(kept) < 2:
            raise UserError(
                f"'{target.name}' has fewer than two classes with {MIN_CLASS_ROWS} rows or more: "
                "collect more rows, merge classes, or name another column with --target COLUMN."
            )
        if len(kept) == 2:
            target = target.but(reason=f"of the two classes {kept[1]} is the positive one")
        return target.but(type="category", categories=kept)

    def settings(self, rows: pd.DataFrame, features: list[Guess], target: Guess) -> list[Setting]:
        if len(target.categories) <= 2:
            return []
        linear = {"solver": "lbfgs", "max_iter": 1000}  # the default's memory grows with classes²
        return [Setting("train.candidates.logistic_regression", linear)]


def order_classes(rows: Mapping[str, int]) -> tuple[str, ...]:
    """Sort classes with their rows; of two, the positive one, or the rarer, comes last."""
    names = sorted(rows)
    if len(names) == 2:
        folded = {name.casefold() for name in names}
        positive = [*WORDS["positive"], *(WORDS["true"] if folded & set(WORDS["false"]) else [])]
        return tuple(sorted(names, key=lambda name: (name.casefold() in positive, -rows[name])))
    numbers = pd.to_numeric(pd.Series(names), errors="coerce")
    if numbers.notna().all():
        names = [name for _, name in sorted(zip(numbers, names, strict=True))]
    return tuple(names)


class NumberTarget:
    """The target of a regression."""

    task: Task = "regression"

    def fits(self, column: Guess) -> bool:
        return column.is_number and column.tally.distinct > 2

    def prepare(self, column: Guess) -> Guess:
        if self.fits(column):
            return column.but(role="target", reason="what is predicted", sensitive=False)
        if 1 < column.tally.distinct <= MAX_CATEGORIES:
            classes = ", ".join(sorted(column.tally.counts.index)[:3])
            reason = f"'{column.name}' has classes ({classes}); this project predicts a number."
            raise refuse(reason, "tabular-classification")
        raise UserError(
            f"'{column.name}' is not a number that differs between rows: name another column with "
            "--target COLUMN."
        )

    def settings(self, rows: pd.DataFrame, features: list[Guess], target: Guess) -> list[Setting]:
        """Return the baseline's columns, and gates in the target's unit."""
        y = rows[target.name]
        deviation = float((y - y.median()).abs().mean())
        by = strongest_groups(rows, features, y)
        numbers = [each.name for each in features if each.is_number]
        mean = f"the mean of {'rows that are equal in these' if by else 'all rows'}"
        gain = "over the baseline, in train.metric: a tenth of the target's mean deviation"
        gap = "how much worse than all rows a slice may be, in train.metric"
        return [
            Setting("train.candidates.group_mean", {"columns": by}, mean),
            *([] if by else [Setting("train.candidates.mean", remove=True)]),  # it is the same
            Setting("evaluate.errors_by", [*by, *numbers, features[0].name][0]),
            Setting("quality.min_gain", two_digits(GAIN * deviation), gain),
            Setting("quality.max_slice_gap", two_digits(deviation), gap),
        ]


def strongest_groups(rows: pd.DataFrame, features: Sequence[Guess], y: pd.Series) -> list[str]:
    """Return at most two columns of few values whose means of the target [n] differ most."""
    variance = {
        each.name: y.groupby(rows[each.name]).transform("mean").var()
        for each in features
        if 1 < each.tally.distinct <= MAX_GROUPS and not each.tally.missing_share
    }
    return sorted(variance, key=lambda name: -variance[name])[:2]


def two_digits(value: float) -> float:
    """Round to two digits; more would promise a precision that a gate does not have."""
    return float(f"{value:.2g}") or 0.01


TARGETS: dict[str, TargetKind] = {"classification": ClassTarget(), "regression": NumberTarget()}


def suggest(guesses: Sequence[Guess], kind: TargetKind) -> str:
    """Return the column that is named like a target, else the last that can be one, or ""."""
    features = [each for each in guesses if each.role == "feature"]
    usable = [each for each in features if each.type not in ("date", "text")]
    fitting = [each for each in usable if kind.fits(each)] or usable
    for names in WORDS["target"]:  # the likeliest first
        if found := [each.name for each in fitting if tokens(each.name) & set(names.split())]:
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
