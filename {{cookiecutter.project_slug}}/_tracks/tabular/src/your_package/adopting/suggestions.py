"""Settings of params.yaml that hang on the columns, and on how many rows there are."""

from collections.abc import Sequence

from .adoption import Setting
from .guess import Guess

MOST = 4
SHOWN = 12  # categories that a table of slices has room for
MANY, A_TREE = 200_000, 50_000  # rows
FOREST = {"n_estimators": 100, "min_samples_leaf": 3, "max_samples": A_TREE}


def suggest_slices(features: Sequence[Guess], target: Guess) -> Setting:
    """Columns of few words first, then numbers; what is sensitive is parted by anyway."""
    words = [each for each in features if 1 < len(each.tally.counts or ()) <= SHOWN]
    numbers = [each for each in features if each.is_number and each not in words]
    names = [each.name for each in [*words, *numbers] if not each.sensitive and each.type != "text"]
    chosen = [*names[:MOST], *([] if target.is_number else [target.name])]
    return Setting("diagnose.slices", chosen)


def bound_forest(rows: int) -> list[Setting]:
    """Of very many rows a tree reads a part: 100 trees that grow with the rows fill the memory."""
    why = f"max_samples: of {rows:,} rows each tree reads so many"
    return [Setting("train.candidates.random_forest", FOREST, why)] if rows > MANY else []
