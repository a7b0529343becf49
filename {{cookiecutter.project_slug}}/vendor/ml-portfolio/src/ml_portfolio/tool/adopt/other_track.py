"""Data that belong to another kind of project."""

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Project

TEMPLATE = "gh:org/ml-portfolio"
TRACKS = {"table": "tabular", "text": "text", "image": "image"}


def refuse(reason: str, needed: Project) -> UserError:
    """Return the error that says so, with the command that makes the project that is needed."""
    return UserError(
        f"{reason} This project is of another kind, so nothing was changed. Make one that fits: "
        f"uvx cookiecutter {TEMPLATE} track={TRACKS[needed.input]}-{needed.task}"
    )
