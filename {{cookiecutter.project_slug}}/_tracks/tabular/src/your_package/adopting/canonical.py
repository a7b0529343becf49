"""The canonical raw file: UTF-8, commas, plain numbers, true and false, dates as ISO 8601."""

import gzip
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from . import dates
from .guess import FALSE, TRUE, Guess
from .numerals import undress
from .table import Table
from .tally import MISSING

LAYOUT = {"delimiter": ",", "encoding": "utf-8", "missing": []}


@dataclass
class Written:
    rows: int = 0
    without_target: int = 0
    of_rare_classes: int = 0
    lost: Counter[str] = field(default_factory=Counter)  # values that could not be read, by column


def write(table: Table, guesses: Sequence[Guess], target: Guess, path: Path) -> Written:
    """Convert a table piece by piece. Rows without a target, or of a class left out, are none."""
    done = Written()
    with path.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        with io.TextIOWrapper(packed, encoding="utf-8", newline="") as out:
            for piece in table.pieces("writing"):
                rows = convert(piece, guesses, done)
                known = rows[target.name].notna()
                kept = known if target.is_number else rows[target.name].isin(target.categories)
                done.without_target += int((~known).sum())
                done.of_rare_classes += int((known & ~kept).sum())
                rows[kept].to_csv(out, index=False, header=not done.rows, lineterminator="\n")
                done.rows += int(kept.sum())
    return done


def convert(piece: pd.DataFrame, guesses: Sequence[Guess], done: Written) -> pd.DataFrame:
    columns = {}
    for each in guesses:
        text = piece[each.name].str.strip()
        text = text.mask(text.str.casefold().isin(MISSING))
        columns[each.name] = new = plain(text, each)
        done.lost[each.name] += int((text.notna() & new.isna()).sum())
    return pd.DataFrame(columns)


def plain(text: pd.Series, column: Guess) -> pd.Series:
    """Each different value is converted once."""
    codes, found = pd.factorize(text)
    words = pd.Series(found, dtype="str")
    if column.type == "date" and column.formats:
        new = dates.as_iso(words, list(column.formats))
    elif column.is_number:
        new = number(words, column)
    elif column.type == "boolean":
        said = words.str.casefold().str.removesuffix(".0")
        new = said.map({**dict.fromkeys(TRUE, "true"), **dict.fromkeys(FALSE, "false")})
    elif column.categories:
        bare = words.str.replace(r"\.0*$", "", regex=True) if column.style == "whole" else words
        names = {name.casefold(): name for name in column.categories}
        new = bare.map(lambda word: names.get(word.casefold(), word))
    else:
        return text
    return pd.Series(new.reindex(codes).to_numpy(object), text.index, dtype="str")


def number(words: pd.Series, column: Guess) -> pd.Series:
    if column.style == "comma":
        new = undress(words, "comma")
    else:
        good = pd.to_numeric(words, errors="coerce").abs() < float("inf")
        new = words.where(good, undress(words, "point") if column.style else None)
    if column.type == "integer":
        new = new.str.replace(r"\.0*$", "", regex=True)
    return new


def tell(guesses: Sequence[Guess], target: Guess, done: Written) -> list[str]:
    """What was done, a sentence a column that was changed."""
    said = []
    for each in guesses:
        lost = done.lost[each.name]
        words = [f"{lost:,} values that are none left empty"] if lost else []
        spelt = each.tally.counts or ()
        if each.type == "date":
            words.insert(0, f"dates written as ISO 8601, read as {' or '.join(each.formats)}")
        elif each.is_number and each.style:
            words.insert(0, f"numbers made plain, the decimals after a {each.style}")
        elif each.type == "boolean":
            words.insert(0, f"{', '.join(sorted(spelt))} written as true and false")
        elif each.categories and len({word.casefold() for word in spelt}) < len(spelt):
            words.insert(0, "words that differ in capitals only made one")
        if words:
            said.append(f"'{each.name}': {'; '.join(words)}.")
    if done.without_target:
        said.append(f"{done.without_target:,} rows without '{target.name}' left out.")
    if done.of_rare_classes:
        said.append(f"{done.of_rare_classes:,} rows of classes too rare to learn left out.")
    return said
