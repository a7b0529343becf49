"""Which column is likely to be predicted, and which ones would give it away."""

import numpy as np
import pandas as pd

from ..leakage import rank_agreement
from . import aim
from .guess import Guess, tokens

NEVER = ("date", "text")
NAMED = (  # the likeliest first
    {"target"}, {"label", "labels"}, {"class", "y"}, {"outcome", "churn", "churned", "default"},
    {"survived", "diagnosis", "fraud", "species", "response", "quality", "result"},
    {"price", "sales", "income", "salary", "cost", "revenue", "demand", "consumption", "mpg"},
)  # fmt: skip
THE_SAME = 0.995  # a feature that orders the rows so nearly as the target does is the target


def suggest(guesses: list[Guess]) -> str:
    """Whose name says so, else the last; of those that this project can predict, if any."""
    whole = [each for each in guesses if each.role == "feature" and each.type not in NEVER]
    able = [each for each in whole if aim.fits(each)] or whole
    for words in NAMED:
        if found := [each.name for each in able if tokens(each.name) & words]:
            return found[-1]
    return able[-1].name if able else ""


def find_copies(rows: pd.DataFrame, guesses: list[Guess], target: Guess) -> list[str]:
    """Features that say all that the target says, in some rows that are converted already."""
    wanted = orders(rows[target.name], target)
    found = []
    for each in guesses:
        if each.role != "feature" or each.name == target.name or each.type in NEVER:
            continue
        values = rows[each.name]
        if each.is_number:
            number = pd.to_numeric(values, errors="coerce")
            least = min(rank_agreement(number, [one]) for one in wanted) if number.any() else 0
        else:
            least = min(by_word(values, one) for one in wanted)
        if least >= THE_SAME:
            found.append(each.name)
    return found


def orders(values: pd.Series, target: Guess) -> list[np.ndarray]:
    """A number, or for each class whether it is that [n]."""
    if target.is_number:
        return [pd.to_numeric(values, errors="coerce").fillna(0).to_numpy("float64")]
    return [(values == word).to_numpy("float64") for word in values.unique()[:50]]


def by_word(values: pd.Series, target: np.ndarray) -> float:
    """How much a category says: it stands for the target's mean among its rows."""
    words = values.fillna("")
    if words.nunique() * 5 > len(words):
        return 0.0
    means = pd.Series(target, values.index).groupby(words).transform("mean")
    return rank_agreement(means, [target])
