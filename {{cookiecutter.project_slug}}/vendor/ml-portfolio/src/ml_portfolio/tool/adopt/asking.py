"""Questions and tables on the terminal; with --yes each question is answered as suggested."""

import shutil
import sys
from collections.abc import Collection, Mapping, Sequence

from ml_portfolio.config.errors import UserError

MAX_WIDTH = 28  # characters of a column, but the last


class Asker:
    """Asks where something is unclear. Raises UserError where nobody is there to answer."""

    def __init__(self, yes: bool) -> None:
        self.yes = yes
        self.notes: set[str] = set()

    def note(self, *texts: str) -> None:
        """Print what the owner must know, each text once."""
        for text in texts:
            if text not in self.notes:
                print(f"note: {text}")
            self.notes.add(text)

    def choose(self, question: str, answers: Mapping[str, str], suggested: str) -> str:
        """Return one of the answers, which are listed with their meanings."""
        if self.yes:
            return suggested
        print(f"\n{question}")
        for answer, meaning in answers.items():
            print(f"  {answer:<12} {meaning}{' (suggested)' if answer == suggested else ''}")
        return self.ask("Answer", answers, suggested)

    def ask(self, question: str, known: Collection[str], suggested: str) -> str:
        """Return one of the known answers; an empty line takes the suggested one."""
        while not self.yes:
            answer = read(f"\n{question} [{suggested}] ") or suggested
            if answer in known:
                return answer
            print(f"  '{answer}' is not one of: {', '.join(known)}")
        return suggested

    def confirm(self, question: str) -> None:
        """Go on, or raise UserError before anything is changed."""
        if not self.yes and read(f"\n{question} [Y/n] ").lower() not in ("", "y", "yes"):
            raise UserError("nothing was changed.")


def read(prompt: str) -> str:
    """Read a typed line. Raises UserError where nobody can type."""
    if not sys.stdin.isatty():
        raise UserError(
            "nothing was changed: there is no terminal to ask on. Look at the table above, then "
            "add --yes to take the suggestions, or --target COLUMN for another target."
        )
    try:
        return input(prompt).strip()
    except EOFError:
        raise UserError("nothing was changed: the input ended before all was answered.") from None


def show(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns side by side; the last one gets the room that is left."""
    room = max(shutil.get_terminal_size((110, 24)).columns, 80)
    widths = [min(MAX_WIDTH, max(map(len, column))) for column in zip(head, *rows, strict=True)]
    widths[-1] = max(12, room - sum(widths[:-1]) - 2 * len(head))
    for row in [head, *rows]:
        cells = (clip(cell, width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def clip(cell: str, width: int) -> str:
    flat = " ".join(cell.split())
    return (flat if len(flat) <= width else f"{flat[: width - 1]}…").ljust(width)
