"""Sentences and tables with known answers."""

import math
import re

import pytest

from your_package.reporting.facts import fill
from your_package.reporting.prose import (
    Table,
    code,
    inline,
    minus,
    names,
    plain,
    sentence,
    share,
    significant,
)

NASTY = "<!-- facts: a --> `x` <script>alert(1)</script> | **b**\n<!-- end: a -->"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (38.214, "38.2"),
        (0.012345, "0.0123"),
        (1234.6, "1,235"),
        (-2.634, "−2.63"),
        (0, "0.00"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_number_has_three_digits(value, said):
    assert significant(value) == said


def test_nothing_is_not_below_nothing():
    assert minus("-0.000") == "0.000" and minus("-0.010") == "−0.010"


@pytest.mark.parametrize(
    ("part", "said"),
    [(0.759, "75.9 %"), (0.0, "0.0 %"), (0.00001, "under 0.1 %"), (None, "–"), (math.nan, "–")],
)
def test_a_small_share_is_not_nothing(part, said):
    assert share(part) == said


def test_a_list_of_names_reads_as_one():
    assert names(["a"]) == "`a`"
    assert names(["a", "b", "c"]) == "`a`, `b` and `c`"


def test_sentences_begin_and_end():
    assert sentence("one", "", "two.", " is it? ") == "One. Two. Is it?"


def test_words_of_the_data_stay_words():
    """They open no block of a document, end no row of a table and run nothing on the page."""
    table = Table("t", ["a", "b"], [[code(NASTY), plain(NASTY)]])
    (*_, row) = table.as_markdown().splitlines()
    assert len(re.findall(r"(?<!\\)\|", row)) == 3
    text = "<!-- facts: t -->\n<!-- end: t -->\n"
    once = fill(text, {"t": table.as_markdown()})
    assert fill(once, {"t": table.as_markdown()}) == once
    assert "<script>" not in table.as_html() and "&lt;script&gt;" in table.as_html()


def test_a_sentence_as_html():
    assert inline("**a `<b>` & c** `**d**`") == (
        "<strong>a <code>&lt;b&gt;</code> &amp; c</strong> <code>&#42;&#42;d&#42;&#42;</code>"
    )


def test_a_table_in_markdown():
    table = Table("Title", ["name", "count"], [["`a`", "1"], ["`b`", "20"]])
    assert table.as_markdown() == "| name | count |\n| :-- | --: |\n| `a` | 1 |\n| `b` | 20 |"


def test_a_table_in_html_names_its_rows_and_columns():
    said = Table("Title", ["name", "count"], [["`a`", "1"]]).as_html()
    assert "<caption>Title</caption>" in said
    assert '<th scope="col">name</th><th scope="col" class="number">count</th>' in said
    assert '<th scope="row"><code>a</code></th><td class="number">1</td>' in said


def test_a_table_without_rows_is_nothing():
    table = Table("Title", ["name"], [])
    assert table.as_markdown() == table.as_html() == ""
