"""The questions of `adopt`, answered on a terminal."""

import io
import sys

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.asking import Asker

ANSWERS = {"day": "the day comes first", "month": "the month comes first"}


@pytest.fixture
def typed(monkeypatch):
    """typed("a", "b") are the lines that are typed on the terminal, in this order."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", Terminal("".join(f"{line}\n" for line in lines))
    )


def test_enter_takes_the_suggestion(typed, capsys):
    typed("", "", "")
    asker = Asker(False)
    assert asker.choose("Which?", ANSWERS, "day") == "day"
    assert asker.ask("Which column?", ["a", "b"], "b") == "b"
    asker.confirm("Write this?")
    assert "the day comes first (suggested)" in capsys.readouterr().out


def test_another_answer_is_taken(typed):
    typed("month", "a")
    assert Asker(False).choose("Which?", ANSWERS, "day") == "month"
    assert Asker(False).ask("Which column?", ["a", "b"], "b") == "a"


def test_an_unknown_answer_is_asked_again(typed, capsys):
    typed("year", "month", "c", "b")
    assert Asker(False).choose("Which?", ANSWERS, "day") == "month"
    assert Asker(False).ask("Which column?", ["a", "b"], "a") == "b"
    printed = capsys.readouterr().out
    assert "'year' is not one of: day, month" in printed
    assert "'c' is not one of: a, b" in printed


@pytest.mark.parametrize("lines", [["n"], ["no"], []])
def test_no_or_the_end_of_the_input_changes_nothing(lines, typed):
    typed(*lines)
    with pytest.raises(UserError, match="nothing was changed"):
        Asker(False).confirm("Write this?")


def test_yes_asks_nothing():
    asker = Asker(True)
    assert asker.choose("Which?", ANSWERS, "day") == "day"
    assert asker.ask("Which column?", ["a", "b"], "b") == "b"
    asker.confirm("Write this?")


def test_a_note_is_printed_once(capsys):
    asker = Asker(True)
    for _ in range(2):
        asker.note("read as cp1252")
    assert capsys.readouterr().out == "note: read as cp1252\n"
