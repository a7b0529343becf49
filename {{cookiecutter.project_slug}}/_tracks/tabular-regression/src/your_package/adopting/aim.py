"""The target of this project: a number."""

from collections.abc import Sequence

import pandas as pd

from ..errors import UserError
from .adoption import Setting, listed
from .asking import Asker
from .guess import Guess
from .other_track import refuse

FEW = 24  # values of a column by which a mean of their rows may be told
SHARE = 0.1  # of the mean deviation: what is less than that is not worth a model, until said better


def fits(column: Guess) -> bool:
    """Whether it is a number of more than two values."""
    counts = column.tally.counts
    return column.is_number and (counts is None or len(counts) > 2)


def fit(target: Guess, asker: Asker) -> Guess:
    """The target as a number; raises UserError where it is none, or another project fits."""
    tally = target.tally
    if not fits(target):
        if tally.counts is not None and len(tally.counts) > 1:
            said = f"'{target.name}' has classes ({', '.join(sorted(tally.counts)[:3])}), and this "
            raise refuse(f"{said}project predicts a number.", task="classification")
        raise UserError(
            f"'{target.name}' is no number that differs between rows: name another column with "
            "--target COLUMN."
        )
    return target.now(role="target", why="what is predicted", sensitive=False)


def settings(
    rows: pd.DataFrame, features: Sequence[Guess], target: Guess, chosen: Sequence[Setting]
) -> list[Setting]:
    """What else of params.yaml hangs on the data: the baseline, and gates in the target's unit."""
    y = pd.to_numeric(rows[target.name])
    spread = float((y - y.median()).abs().mean())
    by = strongest(rows, features, y)
    by_time = any(each.value == "time" for each in chosen)
    drift = "the most that a column may shift from training to test (PSI); above, look into it"
    if by_time:
        drift = "split by time, the test rows are of another season by design; else 0.25 (PSI)"
    found = [
        Setting(
            "train.candidates.group_mean",
            {"columns": by},
            f"the mean of {'rows that are equal in these' if by else 'all rows'}",
        ),
        Setting("evaluate.errors_by", (by or [along(rows, features, y)])[0]),
        Setting(
            "quality.min_gain",
            figure(SHARE * spread),
            "over the baseline, in train.metric: a tenth of the target's mean deviation",
        ),
        Setting(
            "quality.max_slice_gap",
            figure(spread),
            "how much worse than all rows a slice may be, in train.metric",
        ),
        Setting("quality.max_drift", None if by_time else 0.25, drift),
    ]
    if not by:
        found.append(Setting("train.candidates.mean", drop=True))
    return found


def strongest(rows: pd.DataFrame, features: Sequence[Guess], y: pd.Series) -> list[str]:
    """At most two columns of few values whose means differ most: a guess without a model."""
    few = [
        each
        for each in features
        if 1 < len(each.tally.counts or ()) <= FEW and not each.tally.missing
    ]
    told = {each.name: y.groupby(rows[each.name]).transform("mean").var() for each in few}
    return sorted(told, key=lambda name: -told[name])[:2]


def along(rows: pd.DataFrame, features: Sequence[Guess], y: pd.Series) -> str:
    """The number that goes most with the target."""
    numbers = [each.name for each in features if each.is_number]
    told = {n: abs(pd.to_numeric(rows[n]).corr(y, method="spearman")) for n in numbers}
    return max(told, key=lambda name: told[name]) if told else features[0].name


def figure(value: float) -> float:
    """Two digits say enough."""
    return float(f"{value:.2g}") or 0.01


def say_problem(title: str, features: Sequence[Guess], target: Guess) -> str:
    names = listed([each.name for each in features], 5)
    return f"From {names} of {title}, predict the number `{target.name}`."
