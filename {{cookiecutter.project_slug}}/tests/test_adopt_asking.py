"""The questions of `adopt`, answered on a terminal."""

import io
import sys

import pytest

from your_package.adopting.asking import Asker
from your_package.errors import UserError

ANSWERS = {"day": "the day stands first", "month": "the month does"}


@pytest.fixture
def typed(monkeypatch):
    """typed("a", "b") are the lines that are typed on the terminal, in this order."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", Terminal("".join(f"{line}\n" for line in lines))
    )


def test_enter_takes_what_is_suggested(typed, capsys):
    typed("", "", "")
    asker = Asker(False)
    assert asker.choose("Which?", ANSWERS, "day") == "day"
    assert asker.name("Which column?", ["a", "b"], "b") == "b"
    asker.confirm("Write this?")
    assert "the day stands first (suggested)" in capsys.readouterr().out


def test_another_answer_is_taken(typed):
    typed("month", "a")
    assert Asker(False).choose("Which?", ANSWERS, "day") == "month"
    assert Asker(False).name("Which column?", ["a", "b"], "b") == "a"


def test_what_is_no_answer_is_asked_again(typed, capsys):
    typed("year", "month", "c", "b")
    assert Asker(False).choose("Which?", ANSWERS, "day") == "month"
    assert Asker(False).name("Which column?", ["a", "b"], "a") == "b"
    said = capsys.readouterr().out
    assert "one of: day, month" in said and "there is no 'c'" in said


@pytest.mark.parametrize("lines", [["n"], ["no"], []])
def test_no_or_the_end_of_the_input_changes_nothing(lines, typed):
    typed(*lines)
    with pytest.raises(UserError, match="nothing was changed"):
        Asker(False).confirm("Write this?")


def test_yes_asks_nothing():
    asker = Asker(True)
    assert asker.choose("Which?", ANSWERS, "day") == "day"
    assert asker.name("Which column?", ["a", "b"], "b") == "b"
    asker.confirm("Write this?")
