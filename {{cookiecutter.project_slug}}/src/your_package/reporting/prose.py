"""Numbers, names and tables in sentences: Markdown in documents, HTML on the page.

Sentences are written once. In them, `code` and **bold** are as in Markdown; what comes from the
data stands in `code`, so that no letter of it is read as a sign.
"""

import html
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTHING = "–"  # where there is no number
LONG, NARROW = 60, 40  # letters in a cell that needs room, and in a row that needs little


def code(word: object) -> str:
    """A name or a value of the data, whatever it holds, on one line."""
    quoted = plain(word).replace("`", "'")
    return f"`{quoted}`" if quoted else "(empty)"


def plain(text: object) -> str:
    """Somebody's words on one line, without the sign that begins a marker of a document."""
    return " ".join(str(text).split()).replace("<!--", "<! --")


def names(words: Iterable[object]) -> str:
    """`a`, `b` and `c`"""
    quoted = [code(word) for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def share(part: float | None, digits: int = 1) -> str:
    """0.759 → 75.9 %; a small one that is not nothing does not become 0."""
    if part is None or not math.isfinite(part):
        return NOTHING
    least = 10**-digits
    if 0 < part * 100 < least:
        return f"under {least:g} %"
    return f"{part * 100:.{digits}f} %"


def points(difference: float) -> str:
    """A difference of two shares, 0.171 → 17.1 points."""
    return f"{difference * 100:.1f} points"


def significant(value: float | None) -> str:
    """Three digits, or as many as stand before the point: 0.0123, 38.2, 1,235."""
    if value is None or not math.isfinite(value):
        return NOTHING
    before = math.floor(math.log10(abs(value))) + 1 if value else 1
    return minus(f"{value:,.{max(3 - before, 0)}f}")


def minus(number: str) -> str:
    """With the sign that is as wide as a plus; nothing is not below nothing."""
    if not number.strip("-0."):
        number = number.lstrip("-")
    return number.replace("-", "−")


def sentence(*parts: str) -> str:
    """The parts that say something, one after the other, each with a capital and an end."""
    said = [part.strip() for part in parts if part and part.strip()]
    return " ".join(f"{p[0].upper()}{p[1:]}{'' if p[-1] in '.!?' else '.'}" for p in said)


@dataclass(frozen=True)
class Table:
    """Cells of text; all columns but the first `words` hold numbers and are set to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1

    def as_markdown(self) -> str:
        if not self.rows:
            return ""
        rule = [":--" if place < self.words else "--:" for place in range(len(self.head))]
        return "\n".join(
            f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
            for row in (self.head, rule, *self.rows)
        )

    def as_html(self) -> str:
        if not self.rows:
            return ""
        head = "".join(
            f'<th scope="col"{self.kind(place)}>{inline(cell)}</th>'
            for place, cell in enumerate(self.head)
        )
        body = "\n".join(f"<tr>{self.row_as_html(row)}</tr>" for row in self.rows)
        # A table wider than a phone is scrolled, by keyboard too.
        region = f'role="region" tabindex="0" aria-label="{html.escape(self.title)}"'
        return (
            f'<div class="table{self.size}" {region}><table>\n'
            f"<caption>{inline(self.title)}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )

    def row_as_html(self, row: Sequence[str]) -> str:
        first, *others = (inline(cell) for cell in row)
        cells = (f"<td{self.kind(place)}>{cell}</td>" for place, cell in enumerate(others, 1))
        return f'<th scope="row">{first}</th>{"".join(cells)}'

    def kind(self, place: int) -> str:
        if place >= self.words:
            return ' class="number"'
        return ' class="long"' if max(len(row[place]) for row in self.rows) > LONG else ""

    @property
    def size(self) -> str:
        """A narrow table leaves room for something beside it."""
        letters = sum(max(map(len, column)) for column in zip(*self.rows, strict=True))
        return " narrow" if letters < NARROW else ""


def inline(sentence: str) -> str:
    """A sentence as HTML: every letter that means something there is escaped."""
    safe = html.escape(sentence)
    quoted = re.sub(
        r"`([^`]*)`", lambda match: f"<code>{match[1].replace('*', '&#42;')}</code>", safe
    )
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", quoted)


def bullets(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {said}" for said in sentences if said)
