"""What a check has found."""

from dataclasses import dataclass
from typing import Literal

# holds: shown to be so. mend: shown not to be so. unseen: what would show it is not there.
# note: worth knowing, and in nobody's way.
Status = Literal["holds", "mend", "unseen", "note"]
RERUN = "Run: uv run dvc repro"


@dataclass(frozen=True)
class Finding:
    name: str  # the same in each run, for machines
    status: Status
    said: str  # with the evidence
    advice: str = ""  # what to do about it

    @property
    def is_open(self) -> bool:
        """Whether the project is not ready because of it."""
        return self.status in ("mend", "unseen")


def count(number: int, thing: str) -> str:
    """1 commit, 2 commits"""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shorten(words: list[str], most: int = 3) -> str:
    """The first of some words, and how many more there are."""
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join(words[:most] + more)
