"""Questions on the terminal; with --yes each is answered as suggested."""

import sys
from collections.abc import Mapping

from ..errors import UserError


class Asker:
    """Asks where something is unsure. Raises UserError where nobody is there to answer."""

    def __init__(self, yes: bool) -> None:
        self.yes = yes
        self.told: list[str] = []

    def tell(self, words: str) -> None:
        """Say what the owner must know, once."""
        if words not in self.told:
            self.told.append(words)
            print(f"note: {words}")

    def choose(self, question: str, answers: Mapping[str, str], suggested: str) -> str:
        """Return one of the answers, which are given with what each means."""
        if self.yes:
            return suggested
        print(f"\n{question}")
        for answer, meaning in answers.items():
            print(f"  {answer:<12} {meaning}{' (suggested)' if answer == suggested else ''}")
        while True:
            said = read(f"[{suggested}] ") or suggested
            if said in answers:
                return said
            print(f"  one of: {', '.join(answers)}")

    def name(self, question: str, known: list[str], suggested: str) -> str:
        """Return one of many names."""
        if self.yes:
            return suggested
        while True:
            said = read(f"\n{question} [{suggested}] ") or suggested
            if said in known:
                return said
            print(f"  there is no '{said}'")

    def confirm(self, question: str) -> None:
        """Go on, or end without a change."""
        if not self.yes and read(f"\n{question} [Y/n] ").lower() not in ("", "y", "yes"):
            raise UserError("nothing was changed.")


def read(prompt: str) -> str:
    """A line that is typed. Raises UserError where nobody can type."""
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
