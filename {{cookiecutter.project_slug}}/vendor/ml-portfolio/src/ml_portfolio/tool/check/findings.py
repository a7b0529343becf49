"""The result of a check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

# ok: shown to hold. todo: shown not to hold. unknown: what would show it is not there.
# note: worth knowing, but the project is ready without it.
Status = Literal["ok", "todo", "unknown", "note"]
Content = Mapping[str, Any]  # of a settings file or a report
RERUN = "Run: uv run dvc repro"


@dataclass(frozen=True)
class Finding:
    status: Status
    message: str  # what was found, with the evidence
    advice: str = ""  # what to do about it

    @property
    def is_open(self) -> bool:
        """Whether the project is not ready because of it."""
        return self.status in ("todo", "unknown")


Findings = dict[str, Finding]  # by the name of the check, the same in each run


def count(number: int, thing: str) -> str:
    """Return a number with its noun: 1 commit, 2 commits."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def shorten(words: Sequence[str], most: int = 3) -> str:
    """Return the first of some words, and how many more there are."""
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join([*words[:most], *more])
