"""The result of a check."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# ok: shown to hold. todo: shown not to hold. unknown: what would show it is not there.
# note: worth knowing, but the project is ready without it.
Status = Literal["ok", "todo", "unknown", "note"]
RERUN = "Run: uv run dvc repro"


@dataclass(frozen=True)
class Finding:
    name: str  # the same in each run, for machines
    status: Status
    message: str  # what was found, with the evidence
    advice: str = ""  # what to do about it

    @property
    def is_open(self) -> bool:
        """Whether the project is not ready because of it."""
        return self.status in ("todo", "unknown")


def count(number: int, thing: str) -> str:
    """Return a number with its noun: 1 commit, 2 commits."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shorten(words: Sequence[str], most: int = 3) -> str:
    """Return the first of some words, and how many more there are."""
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join([*words[:most], *more])
