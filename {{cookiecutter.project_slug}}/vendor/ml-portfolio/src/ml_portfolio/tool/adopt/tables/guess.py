"""What a column is likely to be, by what was counted in it and by its name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.asking import Asker, show
from ml_portfolio.tool.adopt.tables import dates
from ml_portfolio.tool.adopt.tables.table import Table, merge_case
from ml_portfolio.tool.adopt.tables.tally import STYLES, Tally, count
from ml_portfolio.tool.adopt.words import WORDS, is_named

HEAD = ("column", "type", "role", "missing", "distinct", "examples", "remark")
NEARLY = 0.95  # the share of values that must be numbers, or dates, for the column to be that
MAX_GROUPS = 8  # of whole numbers, where the name says that they stand for groups
MAX_CATEGORIES = 2_000
PER_CATEGORY = 3  # rows that each category has on average, or it is no category
LONG = 4  # words in a value, on average, from which it is a text


@dataclass(frozen=True)
class Guess:
    """A column as it would be written into the schema."""

    name: str
    type: str  # as in schema.yaml
    tally: Tally
    role: str = "feature"
    style: str = ""  # of numbers: a key of STYLES, or "integer" for categories written 1.0, 2.0
    formats: tuple[str, ...] = ()  # of dates
    reason: str = ""  # for the role, or what else the owner should know
    categories: tuple[str, ...] = ()
    sensitive: bool = False

    @property
    def is_number(self) -> bool:
        return self.type in ("number", "integer")

    def but(self, **changes: Any) -> "Guess":
        """Return a copy with some fields changed."""
        return replace(self, **changes)

    def ignored(self, reason: str) -> "Guess":
        return self.but(role="ignore", reason=reason)


def guess(table: Table, target: str) -> list[Guess]:
    """Guess what the columns of a table are, by how most of its numbers are written.

    Raises UserError where the target that the owner named is none of them.
    """
    if target and target not in table.rows:
        raise UserError(f"there is no column {target!r}; there are: {', '.join(table.rows)}.")
    tallies = [count(table.rows[name]) for name in table.rows]
    by_comma = any(t.styles["comma"] >= NEARLY > t.styles["point"] for t in tallies)
    return [guess_column(tally, "comma" if by_comma else "point") for tally in tallies]


def show_guesses(
    table: Table, guesses: Sequence[Guess], roles: Mapping[str, str], source: str, asker: Asker
) -> None:
    """Print what the columns are, with the roles that they may get, and how they were read."""
    print(f"\n{source}: {len(table.rows):,} rows, {len(guesses)} columns\n")
    show(HEAD, [describe(each, roles.get(each.name, each.role)) for each in guesses])
    asker.note(*table.notes)


def guess_column(tally: Tally, decimal: str) -> Guess:
    """Guess the type first, then the role. decimal: the style of the file's numbers."""
    found = guess_type(tally, decimal)
    sensitive = is_named(tally.name, "sensitive")
    if sensitive and found.type == "integer" and tally.distinct <= MAX_GROUPS:
        found = as_categories(found.but(type="category", style="integer"))  # 1 and 2 for a sex
    if found.role == "feature":
        found = guess_role(found)
    has_groups = found.type not in ("date", "text") and found.role == "feature"
    return found.but(sensitive=sensitive and has_groups)


def guess_type(tally: Tally, decimal: str) -> Guess:
    base = Guess(tally.name, "category", tally)
    if not tally.known:
        return base.ignored("nothing but missing values")
    if tally.distinct == 1:
        constant = base.ignored(f"always {tally.counts.index[0]!r}")
        return as_categories(base) if tally.missing_share else constant
    if is_boolean(tally):
        return base.but(type="boolean")
    if formats := date_formats(tally):
        return base.but(type="date", formats=formats)
    style = next((s for s in (decimal, *STYLES) if tally.styles[s] >= NEARLY), "")
    coded = is_named(tally.name, "code") and tally.integers == tally.known  # as postcodes are
    if not style or tally.zero_padded or coded:
        return guess_words(base)
    lost = round(tally.known * (1 - tally.styles[style]))
    reason = f"{lost:,} values are no numbers: taken as missing" if lost else ""
    if tally.styles[style] == tally.plain[style]:
        style = ""  # nothing to convert
    integer = not style and tally.integers == tally.known - lost
    return base.but(type="integer" if integer else "number", style=style, reason=reason)


def is_boolean(tally: Tally) -> bool:
    words = {word.casefold().removesuffix(".0") for word in tally.counts.index[:10]}
    found = [words & set(WORDS[kind]) for kind in ("true", "false")]
    few = tally.distinct <= 6  # spellings of two words
    return few and all(found) and set.union(*found) == words


def date_formats(tally: Tally) -> tuple[str, ...]:
    """Return the formats of a column of dates; () if it is none."""
    if len(tally.others) == tally.distinct:
        return dates.find_formats(tally.others, NEARLY)
    if tally.integers < tally.known or not is_named(tally.name, "day"):
        return ()
    compact = tally.counts.index.str.fullmatch(r"(19|20)\d{6}").all()
    return ("%Y%m%d",) if compact else ()


def guess_words(base: Guess) -> Guess:
    tally = base.tally
    many = tally.distinct > min(MAX_CATEGORIES, tally.known // PER_CATEGORY)
    if tally.words >= LONG and tally.distinct > max(2, tally.known // 10):
        return base.but(type="text", reason="free text")
    if many and tally.distinct == tally.known:
        return base.ignored("different in every row: an identifier")
    if many:
        return base.ignored(f"{tally.distinct:,} different words, too many for their rows")
    return as_categories(base)


def as_categories(base: Guess) -> Guess:
    return base.but(categories=tuple(sorted(count_categories(base))))


def count_categories(base: Guess) -> Counter[str]:
    """Count the rows of each category, by the name that the raw file will give it."""
    counts = base.tally.counts
    bare = [word.split(".")[0] if base.style == "integer" else word for word in counts.index]
    names, found = merge_case(bare), Counter[str]()
    for word, rows in zip(bare, counts, strict=True):
        found[names[word]] += rows
    return found


def guess_role(found: Guess) -> Guess:
    """Identifiers are left out; a group, or a time, decides the split."""
    tally, numbered = found.tally, is_named(found.name, "identifier")
    if found.is_number and tally.distinct == tally.known > 1 and numbered:
        return found.ignored("different in every row: an identifier")
    if found.type == "integer" and tally.counts_up:
        return found.ignored("counts the rows")
    grouped = found.type in ("integer", "category") and tally.distinct * 2 <= tally.known
    if is_named(found.name, "group") and numbered and not tally.missing_share and grouped:
        return found.but(role="group", reason="rows of one of them stay together in the split")
    if found.type == "date" and not is_named(found.name, "birth") and not tally.missing_share:
        if tally.distinct >= 10:
            return found.but(role="time", reason="trained on the past, tested on what came after")
    return found


def describe(column: Guess, role: str) -> tuple[str, ...]:
    """Return a column's line in the table that is shown, by HEAD; role: that it may get."""
    tally = column.tally
    missing = f"{tally.missing_share:.1%}" if tally.missing_share else ""
    examples = ", ".join(tally.counts.index[:3])[:28]
    remark = "sensitive, by its name" if column.sensitive else column.reason
    shown = remark if role == column.role else ""
    return column.name, column.type, role, missing, f"{tally.distinct:,}", examples, shown
