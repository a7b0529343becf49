"""A target of regression: a number."""

from collections.abc import Sequence

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Project
from ml_portfolio.tables.target import Task
from ml_portfolio.tool.adopt.adoption import Setting, refuse
from ml_portfolio.tool.adopt.tables.guess import MAX_CATEGORIES, Guess

MAX_GROUPS = 24  # values of a column by which the baseline may average
GAIN = 0.1  # of the mean absolute deviation: a smaller gain is not worth a model, unless changed


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
            raise refuse(reason, Project(input="table", task="classification"))
        raise UserError(
            f"'{column.name}' is not a number that differs between rows: name another column with "
            "--target COLUMN."
        )

    def settings(
        self, rows: pd.DataFrame, features: Sequence[Guess], target: Guess, by_time: bool
    ) -> list[Setting]:
        """Return the baseline's columns, and gates in the target's unit."""
        y = rows[target.name]
        deviation = float((y - y.median()).abs().mean())
        by = strongest_groups(rows, features, y)
        numbers = [each.name for each in features if each.is_number]
        mean = f"the mean of {'rows that are equal in these' if by else 'all rows'}"
        gain = "over the baseline, in train.metric: a tenth of the target's mean deviation"
        gap = "how much worse than all rows a slice may be, in train.metric"
        drift = "the most that a column may shift from training to test (PSI); above, look into it"
        if by_time:
            drift = "split by time, the test rows are of another season by design; else 0.25 (PSI)"
        return [
            Setting("train.candidates.group_mean", {"columns": by}, mean),
            *([] if by else [Setting("train.candidates.mean", remove=True)]),  # it is the same
            Setting("evaluate.errors_by", [*by, *numbers, features[0].name][0]),
            Setting("quality.min_gain", two_digits(GAIN * deviation), gain),
            Setting("quality.max_slice_gap", two_digits(deviation), gap),
            Setting("quality.max_drift", None if by_time else 0.25, drift),
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
