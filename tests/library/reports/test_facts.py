"""Only what stands between the markers of a document is written by the pipeline."""

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.reports.facts import fill

TEXT = "mine\n<!-- facts: a -->\nold\n<!-- end: a -->\nmine too\n"


def test_only_what_stands_between_the_markers_changes():
    assert fill(TEXT, {"a": "new\n"}) == TEXT.replace("old", "new")


def test_an_empty_block_is_filled():
    assert fill(TEXT.replace("old\n", ""), {"a": "new"}) == TEXT.replace("old", "new")


def test_facts_may_hold_what_a_pattern_reads_as_a_sign():
    assert r"\1 \g<2>" in fill(TEXT, {"a": r"\1 \g<2>"})


def test_a_block_taken_out_stays_out():
    assert fill("mine\n", {"a": "new"}) == "mine\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace(": a", ": b"), "README.md: .*'facts: b' must occur once, one of: a"),
        (TEXT + TEXT, "'facts: a' must occur once"),
        (TEXT.replace("<!-- end: a -->", ""), "has no '<!-- end: a -->'"),
    ],
)
def test_a_broken_marker_is_named(text, message):
    with pytest.raises(UserError, match=message):
        fill(text, {"a": "new"}, "README.md")
