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
    "unnamed",
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
    if counts is not None and len(counts) == 1:
        same = base.now(role="ignore", why=f"always {next(iter(counts))!r}")
        return categories(base) if tally.missing else same
    if is_boolean(tally):
        return base.now(type="boolean")
    if formats := dates_of(tally):
        return base.now(type="date", formats=tuple(formats))
    style = style_of(tally)
    odd = tally.known - tally.plain
    dressed = odd * tally.odd[style] / max(tally.odd[""], 1) if style else 0
    coded = tokens(tally.name) & CODED and tally.whole == tally.known  # as postcodes are
    if tally.of(tally.plain + dressed) >= NEARLY and not tally.padded and not coded:
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
    if best == "comma" and tally.points > tally.threes:  # 1.5 and 1,5: which is a thousand?
        return "point" if tally.odd["point"] else ""
    return best if tally.odd[best] else ""


def settle_points(guesses: list[Guess]) -> list[Guess]:
    """In a file with decimal commas, the points of 6.124 part thousands in its other columns."""
    comma = any(each.style == "comma" for each in guesses)
    new = {"style": "comma", "why": "points part thousands here, for the file has decimal commas"}
    return [each.now(**new) if comma and has_threes(each) else each for each in guesses]


def has_threes(each: Guess) -> bool:
    """Whether a number has no point, or comma, that could not part thousands."""
    tally = each.tally
    written = each.style == "point" or tally.threes
    alike = tally.points == tally.threes and tally.odd["comma"] == tally.odd["point"]
    return bool(each.is_number and each.role == "feature" and written and alike)


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
    return base.now(categories=tuple(sorted(count_names(base))))


def count_names(base: Guess) -> Counter[str]:
    """Rows of each category as the raw file will name it: 2.0 that stands for a group is 2."""
    counts, whole = (base.tally.counts or Counter()).most_common(), base.style == "whole"
    bare = [(word.split(".")[0] if whole else word, times) for word, times in counts]
    names, found = one_name(word for word, _ in bare), Counter[str]()
    for word, times in bare:
        found[names[word]] += times
    return found


def guess_role(found: Guess) -> Guess:
    """Identifiers are left out; a group, or a time, steers the split."""
    tally, names = found.tally, tokens(found.name)
    if found.is_number and tally.distinct >= tally.first > 1 and names & IDENTIFIER:
        return found.now(role="ignore", why="different in every row: an identifier")
    if found.type == "integer" and tally.steady:
        return found.now(role="ignore", why="counts the rows")
    grouped = found.type in ("integer", "category") and tally.distinct * 2 <= tally.first
    if names & GROUPS and names & IDENTIFIER and not tally.missing and grouped:
        return found.now(role="group", why="rows of one of them stay together in the split")
    if found.type == "date" and not names & BIRTH and not tally.missing and tally.distinct >= 10:
        return found.now(role="time", why="learnt from the past, tested on what came after it")
    return found
