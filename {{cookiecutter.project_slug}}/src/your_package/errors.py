"""Mistakes that the user of this project can mend."""

import functools
import sys
from collections.abc import Callable


class UserError(Exception):
    """What is wrong and what to do about it, in one line."""


class Unavailable(Exception):  # noqa: N818 (it is no error: the other candidates go on)
    """Why a candidate cannot be tried here, in one line."""


def exit_with_one_line(main: Callable[[], None]) -> Callable[[], None]:
    """Make a `main` end on a UserError with its line and exit code 1, not with a traceback."""

    @functools.wraps(main)
    def wrapped() -> None:
        try:
            main()
        except UserError as error:
            sys.exit(f"error: {error}")

    return wrapped
