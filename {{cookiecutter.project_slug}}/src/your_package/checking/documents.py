"""Which documents no longer say what was measured or set."""

from .project import PLAN


def stale() -> list[str]:
    """The documents whose facts are out of date; raises UserError where the facts are not there."""
    from . import plan  # brings the training libraries along, which takes seconds

    # The stage `report` adds README.md and the model card here.
    return [PLAN.as_posix()] if PLAN.is_file() and plan.is_stale() else []
