import pytest

from your_package.errors import UserError
from your_package.reporting.facts import fill, fill_file, is_out_of_date

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
    ("text", "said"),
    [
        (TEXT.replace(": a", ": b"), "'facts: b' must stand once, of: a"),
        (TEXT + TEXT, "'facts: a' must stand once"),
        (TEXT.replace("<!-- end: a -->", ""), "has no '<!-- end: a -->'"),
    ],
)
def test_a_broken_marker_is_named(text, said):
    with pytest.raises(UserError, match=said):
        fill(text, {"a": "new"})


def test_a_document_that_says_the_facts_is_not_touched(tmp_path):
    path = tmp_path / "README.md"
    path.write_bytes(TEXT.encode())
    assert is_out_of_date(path, {"a": "new"})
    fill_file(path, {"a": "new"})
    assert not is_out_of_date(path, {"a": "new"})
    before = path.stat().st_mtime_ns
    fill_file(path, {"a": "new"})
    assert path.stat().st_mtime_ns == before
