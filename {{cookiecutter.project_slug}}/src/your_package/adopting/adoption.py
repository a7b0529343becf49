"""What a track's `track.py` has made ready, for `command.py` to write into the project."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Origin:
    """Data as they were found, on this machine: a file or a folder, and what is known of it."""

    path: Path
    said: str  # as the owner named it
    title: str
    url: str = "unknown"
    licence: str = "unknown"
    citation: str = "unknown"
    target: str = ""  # the column that the source itself names

    @property
    def name(self) -> str:
        """Of the file that is written: letters, digits and hyphens."""
        return re.sub(r"\W+", "-", self.title.lower()).strip("-_")[:40] or "data"


@dataclass(frozen=True)
class Setting:
    """A value of params.yaml, by its path such as train.folds; a comment replaces the old one."""

    path: str
    value: Any = None
    comment: str = ""
    drop: bool = False  # the line is taken out


@dataclass(frozen=True)
class Adoption:
    raw: Path  # a file or a folder, to be moved into data/raw/
    sha256: str
    schema: str  # the text of data/schema.yaml
    problem: str  # for README.md: what is predicted from what
    changes: Sequence[str]  # what was converted, a sentence each
    facts: Sequence[str]  # what was counted, for the datasheet
    source: dict[str, Any] = field(default_factory=dict)  # more keys of data/source.yaml
    settings: Sequence[Setting] = ()


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names in a sentence, not more than can be read."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more
