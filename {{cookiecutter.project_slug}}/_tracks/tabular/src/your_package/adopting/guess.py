"""What a column is likely to be, from what was counted of it and from its name."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from . import dates
from .numerals import STYLES
from .table import one_name
from .tally import MOST, Tally

NEARLY = 0.95  # the share of values that must be numbers, or dates, for the column to be that
CODES = 20  # a category of whole numbers has so many values at most, where nothing else tells
FEW = 8  # groups that whole numbers may stand for, where the name says that they are groups
PER_CATEGORY = 3  # rows that each category has on average, or it is no category
LONG = 4  # words in a value, on average, from which it is a text
TRUE, FALSE = {"yes", "y", "true", "t", "1", "ja", "oui", "si", "sí", "on"}, {
    "no", "n", "false", "f", "0", "nein", "non", "off",
}  # fmt: skip

IDENTIFIER = {
    "id", "uuid", "guid", "index", "idx", "key", "no", "nr", "number", "code", "ref", "hash",
}  # fmt: skip
CODED = {"zip", "zipcode", "postcode", "postal", "plz", "phone", "code", "fips", "icd"}
GROUPS = {
    "patient", "subject", "customer", "user", "client", "person", "participant", "household",
    "student", "employee", "machine", "device", "vehicle", "author", "driver", "animal",
}  # fmt: skip
BIRTH = {"birth", "dob", "born", "birthday", "birthdate"}
SENSITIVE = {
    "sex", "gender", "race", "ethnicity", "ethnic", "age", "religion", "nationality", "citizenship",
    "disability", "disabled", "marital", "pregnant", "pregnancy", "orientation", "caste", "native",
    "immigrant", "migrant", "foreign", "geschlecht", "sexe", "sexo",
}  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """A column as it would be written into the schema."""

    name: str
    type: str  # as schema.yaml says it
    tally: Tally
    role: str = "feature"
    style: str = ""  # of numbers that are not plain
    formats: tuple[str, ...] = ()  # of dates
    why: str = ""  # the role, or what is to be known
    categories: tuple[str, ...] = ()
    sensitive: bool = False

    @property
    def is_number(self) -> bool:
        return self.type in ("number", "integer")

    def now(self, **changes: object) -> "Guess":
        return replace(self, **changes)  # type: ignore[arg-type]


def tokens(name: str) -> set[str]:
    """The words in a name: customerID, customer_id and Customer ID hold the same two."""
    apart = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name)
    return set(re.split(r"[\W_]+", apart.lower())) - {""}


def guess(tally: Tally) -> Guess:
    """The type first, then the role."""
    found = guess_type(tally)
    sensitive = bool(tokens(tally.name) & SENSITIVE)
    if sensitive and found.type == "integer" and len(tally.counts or range(99)) <= FEW:
        found = categories(found.now(type="category", style="whole"))  # 1 and 2 for a sex
    if found.role == "feature":
        found = guess_role(found)
    groups = found.type not in ("date", "text") and found.role == "feature"
    return found.now(sensitive=sensitive and groups)


def guess_type(tally: Tally) -> Guess:
    counts = tally.counts
    base = Guess(tally.name, "category", tally)
    if not tally.known:
        return base.now(role="ignore", why="nothing but missing values")
    if counts is not None and len(counts) == 1 and not tally.missing:
        return base.now(role="ignore", why=f"always {next(iter(counts))!r}", type="category")
    if counts is not None and len(counts) == 1:
        return categories(base)
    if is_boolean(tally):
        return base.now(type="boolean")
    if formats := dates_of(tally):
        return base.now(type="date", formats=tuple(formats))
    style = style_of(tally)
    odd = tally.known - tally.plain
    dressed = odd * tally.odd[style] / max(tally.odd[""], 1) if style else 0
    if tally.of(tally.plain + dressed) >= NEARLY and not tally.padded and not is_coded(tally):
        whole = tally.whole == tally.plain and not style
        gone = round(odd - dressed)
        why = f"{gone:,} values are no numbers: taken as missing" if gone else ""
        return base.now(type="integer" if whole else "number", style=style, why=why)
    return guess_words(base)


def is_boolean(tally: Tally) -> bool:
    if tally.counts is None or len(tally.counts) > 6:
        return False
    said = {word.casefold().removesuffix(".0") for word in tally.counts}
    return said <= TRUE | FALSE and bool(said & TRUE) and bool(said & FALSE)


def dates_of(tally: Tally) -> list[str]:
    """The formats of a column of dates; [] if it is none."""
    if not tally.plain:
        return dates.choose(tally.dates, NEARLY)
    compact = tally.whole == tally.known and 19000101 <= tally.low and tally.high <= 21001231
    return ["%Y%m%d"] if compact and tokens(tally.name) & {"date", "day", "datum"} else []


def style_of(tally: Tally) -> str:
    """How the numbers are written that are not plain; "" where all are, or none can be read."""
    if not tally.odd[""]:
        return ""
    best = max(STYLES, key=lambda style: (tally.odd[style], style == "point"))
    if best == "comma" and tally.points:  # 1.5 and 1,5 in one column: which is a thousand?
        return "point" if tally.odd["point"] else ""
    return best if tally.odd[best] else ""


def is_coded(tally: Tally) -> bool:
    """Whether numbers name something, as a postcode does, and are not counted with."""
    return bool(tokens(tally.name) & CODED) and tally.whole == tally.known


def guess_words(base: Guess) -> Guess:
    tally = base.tally
    many = tally.counts is None or len(tally.counts) * PER_CATEGORY > tally.known
    few = tally.counts is not None and len(tally.counts) <= max(2, tally.known // 10, 1)
    if tally.of(tally.words) >= LONG and not few:
        return base.now(type="text", why="free text")
    if many and tally.distinct >= tally.first:
        return base.now(role="ignore", why="different in every row: an identifier")
    if many:
        number = f"over {MOST:,}" if tally.counts is None else f"{len(tally.counts):,}"
        return base.now(role="ignore", why=f"{number} different words, too many for their rows")
    return categories(base)


def categories(base: Guess) -> Guess:
    counts = base.tally.counts or Counter()
    names = one_name(as_written(word, base.style) for word, _ in counts.most_common())
    return base.now(categories=tuple(sorted(set(names.values()))))


def as_written(word: str, style: str) -> str:
    """A category as the raw file has it: 2.0 that stands for a group is 2."""
    return word.split(".")[0] if style == "whole" else word


def guess_role(found: Guess) -> Guess:
    """Identifiers are left out; a group, or a time, steers the split."""
    tally, names = found.tally, tokens(found.name)
    unnamed = found.name.startswith("column ") or found.name in ("index", "level_0")
    each = tally.distinct >= tally.first > 1
    if found.is_number and each and (names & IDENTIFIER or (unnamed and tally.steady)):
        return found.now(role="ignore", why="different in every row: an identifier")
    if found.is_number and each and tally.steady and names & {"row", "rownames"}:
        return found.now(role="ignore", why="counts the rows")
    grouped = found.type in ("integer", "category") and tally.distinct * 2 <= tally.first
    if names & GROUPS and names & IDENTIFIER and not tally.missing and grouped:
        return found.now(role="group", why="rows of one of them stay together in the split")
    if found.type == "date" and not names & BIRTH and not tally.missing and tally.distinct >= 10:
        return found.now(role="time", why="learnt from the past, tested on what came after it")
    return found
