"""Settings of params.yaml that depend on the columns, and on how many rows there are."""

from collections.abc import Sequence

from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.tables.guess import Guess

MAX_SLICES = 4  # columns
MAX_SHOWN = 12  # that a table of slices has room for
MANY_ROWS = 200_000  # above, a tree reads a part, and ridge does not leave out each row in turn
ROWS_OF_A_TREE = 100_000


def suggest_slices(features: Sequence[Guess], target: Guess) -> Setting:
    """Columns with few categories first, then numbers; sensitive ones are compared anyway."""
    few = [each for each in features if 1 < each.tally.distinct <= MAX_SHOWN]
    numbers = [each for each in features if each.is_number and each not in few]
    names = [each.name for each in [*few, *numbers] if not each.sensitive and each.type != "text"]
    own = [] if target.is_number else [target.name]
    return Setting("evaluate.slices", [*names[:MAX_SLICES], *own])


def limit_candidates(rows: int) -> list[Setting]:
    """Bound the candidates' time and memory where there are very many rows."""
    if rows <= MANY_ROWS:
        return []
    reason = f"limited, since there are {rows:,} rows"
    limits = {
        "ridge": {"alphas": [1.0], "cv": 2},
        "random_forest": {"max_samples": round(ROWS_OF_A_TREE / rows, 4)},
    }
    return [Setting(f"train.candidates.{name}", each, reason) for name, each in limits.items()]
