"""Questions on the terminal; with --yes each is answered as suggested."""

import sys
from collections.abc import Collection, Mapping

from ml_portfolio.config.errors import UserError


class Asker:
    """Asks where something is unclear. Raises UserError where nobody is there to answer."""

    def __init__(self, yes: bool) -> None:
        self.yes = yes
        self.notes: set[str] = set()

    def note(self, text: str) -> None:
        """Print something that the owner must know, once."""
        if text not in self.notes:
            self.notes.add(text)
            print(f"note: {text}")

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
            "nothing was changed: there are choices to make, and no terminal to ask on. Look at "
            "the table above, then add --yes to take the suggestions (--target COLUMN for another "
            "target)."
        )
    try:
        return input(prompt).strip()
    except EOFError:
        raise UserError("nothing was changed: the input ended before all was answered.") from None
