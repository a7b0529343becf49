"""What the document on the two rubrics names is there."""

import re

from projects import TEMPLATE

DOCUMENT = TEMPLATE / "docs" / "rubrics.md"
SECTIONS = {"Data": 7, "Model": 7, "Infrastructure": 7, "Monitoring": 7}


def test_every_test_that_is_named_exists():
    named = set(re.findall(r"\]\(\.\./([^)]+)\)", DOCUMENT.read_text(encoding="utf-8")))
    assert len(named) > 30
    for path in named:
        assert "def test_" in (TEMPLATE / path).read_text(encoding="utf-8"), path


def test_all_items_of_both_rubrics_are_there():
    text = DOCUMENT.read_text(encoding="utf-8")
    for title, count in SECTIONS.items():
        rows = text.split(f"### {title}\n")[1].split("\n#")[0].strip().splitlines()[2:]
        assert len(rows) == count, title
        assert all(row.count("|") == 4 for row in rows), title
    points = re.findall(r"^\| [^|]+ \| (\d) \|", text, re.MULTILINE)
    assert len(points) == 13 and sum(map(int, points)) == 33
