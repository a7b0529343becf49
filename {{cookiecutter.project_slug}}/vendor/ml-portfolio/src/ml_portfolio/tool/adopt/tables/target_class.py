"""A target of classification: one of a few classes."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Project
from ml_portfolio.tables.target import MIN_CLASS_ROWS, Task
from ml_portfolio.tool.adopt.adoption import Setting, refuse
from ml_portfolio.tool.adopt.tables.guess import FALSE, TRUE, Guess, count_categories
from ml_portfolio.tool.adopt.tables.table import merge_case

MAX_CLASSES = 200  # of words
MAX_CODES = 20  # classes that are written as whole numbers
POSITIVE = {"positive", "pos", "spam", "toxic", "good"}


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
            raise refuse(reason, Project(input="table", task="regression"))
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

    def settings(
        self, rows: pd.DataFrame, features: Sequence[Guess], target: Guess, by_time: bool
    ) -> list[Setting]:
        found = []
        if by_time:
            reason = "split by time, the test rows may be of another season; else 0.25 (PSI)"
            found.append(Setting("quality.max_drift", None, reason))
        if len(target.categories) > 2:  # the memory of newton-cholesky grows with their square
            linear = {"solver": "lbfgs", "max_iter": 1000}
            found.append(Setting("train.candidates.logistic_regression", linear))
        return found


def order_classes(rows: Mapping[str, int]) -> tuple[str, ...]:
    """Sort classes with their rows; of two, the positive one, or the rarer, comes last."""
    names = sorted(rows)
    if len(names) == 2:
        folded = {name.casefold() for name in names}
        positive = POSITIVE | (TRUE if folded & FALSE else set())
        return tuple(sorted(names, key=lambda name: (name.casefold() in positive, -rows[name])))
    numbers = pd.to_numeric(pd.Series(names), errors="coerce")
    if numbers.notna().all():
        names = [name for _, name in sorted(zip(numbers, names, strict=True))]
    return tuple(names)
