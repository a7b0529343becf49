"""Words of the data stay words: they open no block, end no cell and run nothing on the page."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from ml_portfolio.reports.facts import fill
from ml_portfolio.reports.formatting import Code
from ml_portfolio.reports.rendering import (
    as_html,
    as_markdown,
    documents,
    environment,
    render_page,
)
from ml_portfolio.reports.tables import Table

NASTY = "<!-- facts: a --> `x` <script>alert(1)</script> | **b** _c_ [d](e) ~~f~~ &amp; \\\n# g"
ONE_LINE = " ".join(NASTY.split())


def words_of(markdown: str) -> str:
    """What a reader of a document sees, as GitHub's kind of Markdown shows it."""
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    text = re.sub(r"</?(p|code|table|thead|tbody|tr|th|td)\b[^>]*>", "", html.render(markdown))
    assert "<" not in text, text
    for sign, reference in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(reference, sign)
    return text.strip()


@pytest.mark.parametrize("kind", [str, Code])
@pytest.mark.parametrize(
    "word", [NASTY, "a`", "``", "|", "a|b", "_a_", "*", "2 < 3", "<=50K", "a\\", "&lt;", "a_b"]
)
def test_a_word_in_markdown_is_the_word(kind, word):
    assert words_of(str(as_markdown(kind(word)))) == " ".join(word.split())


def test_a_name_is_code_in_both():
    assert as_markdown(Code("<=50K")) == "`<=50K`"
    assert as_html(Code("<=50K")) == "<code>&lt;=50K</code>"
    assert as_markdown(Code(" ")) == as_html(Code("\n")) == "(empty)"


def table(markup: str, finalize) -> str:
    rows = [[(Code(NASTY), " is ", NASTY), "1"], [Code("a"), "20"]]
    content = Table("Title", ["name", "count"], rows, highlighted=1)
    return str(environment(markup, finalize).get_template(markup).module.table(content))


def test_a_table_in_markdown_keeps_its_cells():
    head, rule, first, second = table("markdown.j2", as_markdown).strip().splitlines()[2:]
    assert (head, rule) == ("| name | count |", "| :-- | --: |")
    assert len(re.findall(r"\|", first)) == 3
    assert second == "| **`a`** | 20 |"
    assert words_of(f"{head}\n{rule}\n{first}").count(ONE_LINE) == 2


def test_a_table_in_html_names_its_rows_and_columns():
    made = table("html.j2", as_html)
    assert "<caption>Title</caption>" in made
    assert '<th scope="col" class="long">name</th><th scope="col" class="number">count' in made
    assert '<th scope="row"><code>a</code></th><td class="number">20</td>' in made
    assert "<script" not in made and "&lt;script&gt;" in made


@pytest.mark.parametrize(
    ("markup", "finalize"), [("markdown.j2", as_markdown), ("html.j2", as_html)]
)
def test_a_table_without_rows_is_nothing(markup, finalize):
    module = environment(markup, finalize).get_template(markup).module
    assert not str(module.table(Table("Title", ["name"], []))).strip()


@pytest.fixture
def nasty(classifier):
    """Results in which all that comes from the data looks like markup."""
    ends = {"value": 0.5, "low": 0.4, "high": 0.6, "rows": 50, "expected": 0.9, "worse": True}
    part = {"by": NASTY, "group": NASTY, "sensitive": True, "surely_worse_by": 0.3, **ends}
    rates = {"true_positive_rate": {NASTY: 0.2, "b": 0.9}}
    mistake = {"row": 1, "truth": NASTY, "predicted": NASTY, "confidence": 0.9}
    labels = {name: {NASTY: 0.5, "b": 0.5} for name in classifier.diagnosis["labels"]}
    return replace(
        classifier,
        title=NASTY,
        source={"title": NASTY, "licence": NASTY},
        project={"name": NASTY, "version": "1", "authors": [{"name": NASTY}], "description": NASTY},
        metrics=classifier.metrics
        | {"output": {"task": "classification", "target": NASTY, "labels": ["b", NASTY]}},
        diagnosis=classifier.diagnosis
        | {
            "slices": [part],
            "fairness": [{"column": NASTY, **rates, "differences": {"true_positive_rate": 0.7}}],
            "drift": [{"trait": NASTY, "psi": 0.5, "by_chance": 0.1, "ks": None}],
            "mistakes": [{**mistake, "request": {NASTY: NASTY}}],
            "labels": labels,
        },
        explanation={
            "features": [{"feature": NASTY, "value": 0.1, "spread": 0.01}],
            "examples": [],
            "summary": NASTY,
        },
        profile=classifier.profile
        | {
            "split": {"kind": "group", "key": NASTY},
            "leaks": [{"from": NASTY, "strength": 1}],
            "train": {"columns": {NASTY: {"missing_share": 0.1}}},
        },
    )


def test_documents_are_filled_twice_alike(nasty):
    for blocks in documents(nasty).values():
        text = "".join(f"<!-- facts: {name} -->\n<!-- end: {name} -->\n" for name in blocks)
        once = fill(text, blocks)
        assert fill(once, blocks) == once
        assert once.count("<!--") == 2 * len(blocks)


def test_documents_show_the_words(nasty):
    for blocks in documents(nasty).values():
        for name, block in blocks.items():
            html = MarkdownIt("commonmark", {"html": True}).enable("table").render(block)
            assert not re.search(r'<(script|h1|em)\b|href="e"', html), name
            lines = [line for line in block.splitlines() if line.startswith("|")]
            assert all(re.fullmatch(r"\|( [^|]* \|)+", line) for line in lines), name


def test_the_page_shows_the_words(nasty):
    page = render_page(nasty)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert page.count("<!--") == 1  # of the template
