"""Where raw data come from: the facts of `data/source.yaml` that every kind of data has."""

from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Strict
from ml_portfolio.config.paths import SOURCE


class DataSource(Strict):
    """A file or folder of raw data, with its origin."""

    file: Path
    sha256: str
    title: str
    url: str
    licence: str
    citation: str
    changes: str  # made to the original before it came here
    sample: bool = False  # the template's data, not the owner's


def check_unchanged(source: DataSource, found: str | None) -> None:
    """Compare the SHA-256 found (None: no such file) with the expected one; raises UserError."""
    if found is None:
        raise UserError(f"{source.file} is missing: restore it, or name another in {SOURCE}.")
    if found != source.sha256:
        raise UserError(
            f"{source.file} is not what {SOURCE} describes: restore it with git or, "
            f"if the change is intended, write 'sha256: {found}' there."
        )
