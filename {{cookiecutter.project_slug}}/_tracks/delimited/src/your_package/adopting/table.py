"""A table that is read piece by piece: every value as text, None where it is missing."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from tqdm import tqdm

from ..errors import UserError
from .adoption import listed

CELLS = 3_000_000  # in a piece: what is held in memory at a time


@dataclass(frozen=True)
class Table:
    names: list[str]  # as they are written: each once, none empty
    read: Callable[[int], Iterator[pd.DataFrame]]  # pieces of so many rows, columns by place
    said: tuple[str, ...] = ()  # what was found out or mended

    def pieces(self, doing: str) -> Iterator[pd.DataFrame]:
        """The rows, with a bar that says how many; where nobody looks, none is drawn."""
        size = max(1_000, CELLS // max(len(self.names), 1))
        with tqdm(desc=doing, unit=" rows", unit_scale=True, leave=False, disable=None) as bar:
            for piece in self.read(size):
                piece.columns = pd.Index(self.names)
                yield piece
                bar.update(len(piece))


def find_names(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """The place of the row of names, which a title may stand above; and what is to be said of it.

    Raises UserError where nothing is written in any row.
    """
    filled = [[field.strip() for field in row if field.strip()] for row in rows]
    several = 2 * sum(len(row) > 1 for row in filled) > sum(len(row) > 0 for row in filled)
    least = 2 if several else 1
    place = next((place for place, row in enumerate(filled) if len(row) >= least), None)
    if place is None:
        raise UserError("the table has no rows: there is nothing to learn from.")
    above = listed([row[0] for row in filled[:place] if row])
    return place, [f"the names are in line {place + 1}; passed over: {above}"] if above else []


def clean_names(names: list[str]) -> tuple[list[str], list[str]]:
    """Names without white space around or breaks in them, each once; and what was changed."""
    clean: list[str] = []
    said = []
    for place, name in enumerate(names, 1):
        words = re.sub(r"\s+", " ", name.replace("\ufeff", "")).strip()
        base = words or f"column {place}"
        new, number = base, 1
        while new in clean:
            number += 1
            new = f"{base} {number}"
        if new != words:
            old = repr(words) if words else "without a name"
            said.append(f"column {place}, {old}: now {new!r}")
        clean.append(new)
    return clean, said


def one_name(words: Iterable[str]) -> dict[str, str]:
    """What each word is called: of those that differ in capitals only, all as the first of them."""
    names: dict[str, str] = {}
    return {word: names.setdefault(word.casefold(), word) for word in words}


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Typed values as the text that stands for them; a missing one as None."""
    return pd.DataFrame({place: words(frame.iloc[:, place]) for place in range(frame.shape[1])})


def words(values: pd.Series) -> pd.Series:
    known = values.dropna().map(word)
    return known.astype(object).reindex(values.index).astype("str")


def word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
