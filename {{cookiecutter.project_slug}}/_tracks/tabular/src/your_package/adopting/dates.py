"""Dates as people write them, and as ISO 8601 does."""

import re
from collections import Counter

import pandas as pd

LIKE = re.compile(r"\s*\w{1,9}[-/. ]+\w{1,9}[-/., ]+\d{1,4}\b.*|\d{4}-?\d\d(-?\d\d)?(T.*)?")
ISO = "ISO8601"
DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y")
DAYS = (
    "%d.%m.%Y", *DAY_FIRST, "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m-%d-%y", "%Y/%m/%d", "%Y.%m.%d",
    "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d-%b-%y",
    "%d.%m.%y",
)  # fmt: skip
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M")
FORMATS = (ISO, *(f"{day}{time}" for day in DAYS for time in TIMES))
TRIED = 300  # values of a piece


def count_formats(values: pd.Series) -> Counter[str]:
    """How many of some values are dates of each format; "" counts those that were tried."""
    some = values.iloc[:: max(len(values) // TRIED, 1)]
    counts: Counter[str] = Counter({"": len(some)})
    like = some[some.str.fullmatch(LIKE)]
    if 2 * len(like) >= len(some) and len(like):
        for name in FORMATS:
            if found := int(parse(like, name).notna().sum()):
                counts[name] = found
    return counts


def parse(values: pd.Series, name: str) -> pd.Series:
    return pd.to_datetime(values, format=name, errors="coerce", utc=True)


def swapped(name: str) -> str:
    """The format with month and day the other way round."""
    return name.translate(str.maketrans("dm", "md"))


def choose(counts: Counter[str], share: float) -> list[str]:
    """The formats that together read nearly all values, the most frequent first; [] if none do."""
    tried, covered = counts[""], 0
    chosen: list[str] = []
    for name in sorted(FORMATS, key=lambda name: -counts[name]):
        if counts[name] and covered < tried and swapped(name) not in chosen:
            chosen.append(name)
            covered += counts[name]
    return chosen if covered >= share * tried else []


def is_ambiguous(formats: list[str], counts: Counter[str]) -> str:
    """The first format whose days could as well be months, or ""."""
    for name in formats:
        if swapped(name) != name and counts[swapped(name)] == counts[name]:
            return name
    return ""


def as_iso(values: pd.Series, formats: list[str]) -> pd.Series:
    """Dates as text of one form; None where a value is no date of these formats."""
    found = parse(values, formats[0])
    for name in formats[1:]:
        found = found.fillna(parse(values.where(found.isna()), name))
    text = found.dt.strftime("%Y-%m-%d %H:%M:%S")
    return text.str.removesuffix(" 00:00:00")
