"""Facts written into documents between markers; what stands outside of them is its owner's.

<!-- facts: result -->
(replaced)
<!-- end: result -->
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic

BLOCK = re.compile(r"(<!-- facts: (\w+) -->\n).*?(^<!-- end: \2 -->)", re.DOTALL | re.MULTILINE)


def fill(text: str, facts: Mapping[str, str], where: str = "the text") -> str:
    """Return the text with each marked block replaced by the facts of that name, in Markdown.

    A block that its owner took out stays out. Raises UserError where a marker has no facts or
    no end.
    """
    opened = re.findall(r"<!-- facts: (\w+) -->", text)
    closed = [match[2] for match in BLOCK.finditer(text)]
    for name in opened:
        if name not in facts or opened.count(name) > 1:
            known = ", ".join(facts)
            raise UserError(f"{where}: the marker 'facts: {name}' must stand once, of: {known}.")
        if name not in closed:
            raise UserError(f"{where}: '<!-- facts: {name} -->' has no '<!-- end: {name} -->'.")
    return BLOCK.sub(lambda block: f"{block[1]}{facts[block[2]].strip()}\n{block[3]}", text)


def fill_file(path: Path, facts: Mapping[str, str]) -> None:
    """Fill a document in, if it is there; one that says the facts already is left alone."""
    if not path.is_file():
        return
    before = path.read_text(encoding="utf-8")
    after = fill(before, facts, str(path))
    if after != before:
        with atomic(path) as draft:
            draft.write_text(after, encoding="utf-8", newline="\n")


def is_out_of_date(path: Path, facts: Mapping[str, str]) -> bool:
    """Whether a document says other than the facts."""
    text = path.read_text(encoding="utf-8")
    return fill(text, facts, str(path)) != text
