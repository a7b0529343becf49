"""Mistakes that the user of this project can fix."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path


class UserError(Exception):
    """What is wrong and what to do about it, in one line."""


class Unavailable(Exception):  # noqa: N818 (it is no error: the other candidates go on)
    """Why a candidate cannot be tried here, in one line."""


def command() -> str:
    """The name of this project's command, as it was called: what to type stands in advice."""
    return Path(sys.argv[0]).stem


def exit_with_one_line(main: Callable[[], None]) -> Callable[[], None]:
    """Make a `main` end without a traceback on a UserError (exit code 1) or Ctrl+C (130)."""

    @functools.wraps(main)
    def wrapped() -> None:
        try:
            main()
        except UserError as error:
            sys.exit(f"error: {error}")
        except KeyboardInterrupt:
            sys.exit(130)  # 128 + the number of the signal, as shells say it

    return wrapped
