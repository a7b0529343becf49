"""What every kind of data has in common: how it was found, prepared, and described to `command`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.tool.adopt.asking import Asker

TEMPLATE = "gh:org/ml-portfolio"


@dataclass(frozen=True)
class Origin:
    """Data as found on this machine: a file or a folder, and what is known about it."""

    path: Path
    source: str  # as the owner named it
    title: str
    url: str = "unknown"
    licence: str = "unknown"
    citation: str = "unknown"
    target: str = ""  # the column that the source itself names

    @property
    def name(self) -> str:
        """Name of the file to write: letters, digits and hyphens."""
        return re.sub(r"\W+", "-", self.title.lower()).strip("-_")[:40] or "data"

    def describe(self, notes: Sequence[str]) -> str:
        """Return a sentence about the file that was read, with what was noticed on the way."""
        read = f"`adopt` read {self.source} (sha256: {sha256(self.path)})"
        return f"{'; '.join([read, *notes])}."


@dataclass(frozen=True)
class Setting:
    """A value of params.yaml, by its path such as train.folds; a comment replaces the old one."""

    path: str
    value: Any = None
    comment: str = ""
    remove: bool = False  # the key is deleted


@dataclass(frozen=True)
class Adoption:
    """Data that are ready to be written into the project."""

    raw: Path  # a file or a folder, to be moved into data/raw/
    schema: str  # the text of data/schema.yaml
    problem: str  # for README.md: what is predicted from what
    changes: Sequence[str]  # what was converted, one sentence each
    facts: str  # what was counted, for the datasheet
    source: dict[str, Any] = field(default_factory=dict)  # more keys of data/source.yaml
    settings: Sequence[Setting] = ()


class Adopter(Protocol):
    """Prepares one kind of data: tables, texts or images."""

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        """Look at the data, ask where something is unclear, and write them anew into `folder`.

        target: the name of what is predicted, from the owner or the source; "" if neither says.
        Raises UserError where the data cannot be used or belong to another kind of project.
        """
        ...


def refuse(reason: str, needed: str) -> UserError:
    """Return an error about data of another kind, with the command that makes such a project."""
    return UserError(
        f"{reason} This project is of another kind, so nothing was changed. Make one that fits: "
        f"uvx cookiecutter {TEMPLATE} track={needed}"
    )


def listed(names: Sequence[str], most: int = 8) -> str:
    """Join names for a sentence, no more than can be read."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more
