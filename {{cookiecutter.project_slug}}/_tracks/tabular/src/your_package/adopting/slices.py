"""By which columns the test rows are parted, to see where the model is weaker."""

from collections.abc import Sequence

from .adoption import Setting
from .guess import Guess

MOST = 4
SHOWN = 12  # categories that a table of slices has room for


def suggest_slices(features: Sequence[Guess], target: Guess) -> Setting:
    """Columns of few words first, then numbers; what is sensitive is parted by anyway."""
    words = [each for each in features if 1 < len(each.tally.counts or ()) <= SHOWN]
    numbers = [each for each in features if each.is_number and each not in words]
    names = [each.name for each in [*words, *numbers] if not each.sensitive and each.type != "text"]
    chosen = [*names[:MOST], *([] if target.is_number else [target.name])]
    return Setting("diagnose.slices", chosen)
