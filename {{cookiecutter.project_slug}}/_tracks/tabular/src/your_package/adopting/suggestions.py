"""Settings of params.yaml that hang on the columns, and on how many rows there are."""

from collections.abc import Sequence

from .adoption import Setting
from .guess import Guess

MOST = 4
SHOWN = 12  # categories that a table of slices has room for
MANY = 200_000  # rows; of more, a tree reads a part, and ridge does not leave out each in turn
A_TREE = 100_000  # of so many rows in all, a tree reads those that it is fitted on


def suggest_slices(features: Sequence[Guess], target: Guess) -> Setting:
    """Columns of few words first, then numbers; what is sensitive is parted by anyway."""
    words = [each for each in features if 1 < len(each.tally.counts or ()) <= SHOWN]
    numbers = [each for each in features if each.is_number and each not in words]
    names = [each.name for each in [*words, *numbers] if not each.sensitive and each.type != "text"]
    chosen = [*names[:MOST], *([] if target.is_number else [target.name])]
    return Setting("diagnose.slices", chosen)


def bound(rows: int) -> list[Setting]:
    """Settings with which candidates take a bearable time and memory, however many the rows."""
    why, share = f"bounded, for there are {rows:,} rows", round(A_TREE / rows, 4)
    bounded = {"ridge": {"alphas": [1.0], "cv": 2}, "random_forest": {"max_samples": share}}
    found = [Setting(f"train.candidates.{name}", each, why) for name, each in bounded.items()]
    return found if rows > MANY else []
