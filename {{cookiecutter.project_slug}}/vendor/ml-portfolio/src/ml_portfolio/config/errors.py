"""Mistakes that the user of a project can fix: one line that says what is wrong and what to do."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path


class UserError(Exception):
    """What is wrong and what to do about it, in one line."""


class CandidateUnavailable(Exception):  # noqa: N818 (not an error: the other candidates go on)
    """Why a candidate of the model comparison cannot be tried here, in one line."""


def command_name() -> str:
    """Return the name of the project's command as it was called, for use in advice."""
    return Path(sys.argv[0]).stem


def errors_in_one_line(main: Callable[[], None]) -> Callable[[], None]:
    """Make a `main` end without a traceback on a UserError (exit code 1) or Ctrl+C (130)."""

    @functools.wraps(main)
    def wrapped() -> None:
        try:
            main()
        except UserError as error:
            sys.exit(f"error: {error}")
        except KeyboardInterrupt:
            sys.exit(130)  # 128 + the number of the signal, as shells report it

    return wrapped
