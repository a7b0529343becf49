"""Data that another track of the template is made for."""

from ..errors import UserError
from ..task import TASK

TEMPLATE = "gh:org/ml-portfolio"


def refuse(why: str, form: str = "tabular", task: str = TASK) -> UserError:
    """The error that says so, with the command that makes the right project."""
    return UserError(
        f"{why} This project is of another kind, so nothing was changed. Make the right one with: "
        f"uvx cookiecutter {TEMPLATE} track={form}-{task}"
    )
