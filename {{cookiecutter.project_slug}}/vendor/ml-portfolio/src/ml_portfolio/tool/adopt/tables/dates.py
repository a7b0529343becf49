"""Dates as people write them, and as ISO 8601 does."""

import re
from collections.abc import Sequence
from itertools import product

import pandas as pd

from ml_portfolio.tool.adopt.words import WORDS

LIKE_A_DATE = re.compile(r"\s*\w{1,9}[-/. ]+\w{1,9}[-/., ]+\d{1,4}\b.*|\d{4}-?\d\d(-?\d\d)?(T.*)?")
FORMATS = ["ISO8601", *map("".join, product(WORDS["date format"], WORDS["time format"]))]
TRIED = 1_000  # values


def find_formats(values: pd.Series, share: float) -> tuple[str, ...]:
    """Return the formats that together read a share of some text values; () if none do.

    Of a format and the one with month and day exchanged, it is the one that reads more.
    """
    some = values.iloc[:: max(len(values) // TRIED, 1)]
    like = some[some.str.fullmatch(LIKE_A_DATE)]
    if like.empty or 2 * len(like) < len(some):
        return ()
    counts = {name: int(parse(like, name).notna().sum()) for name in FORMATS}
    covered, chosen = 0, list[str]()
    for name in sorted(FORMATS, key=lambda name: -counts[name]):
        if counts[name] and covered < len(some) and swapped(name) not in chosen:
            chosen.append(name)
            covered += counts[name]
    return tuple(chosen) if covered >= share * len(some) else ()


def find_ambiguous(formats: Sequence[str], values: pd.Series) -> str:
    """Return the first format that reads no more values than with day and month exchanged."""
    for name in formats:
        exchanged = swapped(name)
        if exchanged != name and parse(values, exchanged).count() >= parse(values, name).count():
            return name
    return ""


def parse(values: pd.Series, name: str) -> pd.Series:
    return pd.to_datetime(values, format=name, errors="coerce", utc=True)


def swapped(name: str) -> str:
    return name.translate(str.maketrans("dm", "md"))


def as_iso(values: pd.Series, formats: Sequence[str]) -> pd.Series:
    """Return dates as ISO 8601 text; None where a value is no date of these formats."""
    found = parse(values, formats[0])
    for name in formats[1:]:
        found = found.fillna(parse(values.where(found.isna()), name))
    text = found.dt.strftime("%Y-%m-%d %H:%M:%S")
    return text.str.removesuffix(" 00:00:00")
