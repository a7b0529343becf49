"""Which documents no longer say what was measured or set."""

from . import plan
from .project import PLAN


def stale() -> list[str]:
    """The documents whose facts are out of date; raises UserError where the facts are not there."""
    # The stage `report` adds README.md and the model card here.
    return [PLAN.as_posix()] if PLAN.is_file() and plan.is_stale() else []
