"""A file of delimited text: its encoding, its delimiter and its names are found out."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from charset_normalizer import from_bytes

from ..errors import UserError
from .table import Table, clean_names

DELIMITERS = ",;\t|"
HEAD = 200  # lines that are looked at
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LIKELY = [  # what charset-normalizer may guess: it knows a hundred more, and errs among them
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "shift_jis",
    "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?%?")
YEAR = re.compile(r"(19|20)\d\d")


def read_delimited(path: Path) -> Table:
    """Raises UserError where the file is no table, or a line of it is broken."""
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        head = "".join(line for line, _ in zip(file, range(HEAD), strict=False))
    delimiter = find_delimiter(head)
    rows = parse(head, delimiter)
    blank = next(place for place, row in enumerate(rows) if any(field.strip() for field in row))
    first = rows[blank]
    named = not looks_like_data(first)
    width = max(len(first), Counter(len(row) for row in rows[1:] or rows).most_common(1)[0][0])
    given = (first if named else []) + [""] * (width - len(first) * named)
    names, mended = clean_names(given)
    said = [] if encoding in ("utf-8", "utf-8-sig") else [f"read as {encoding}"]
    said += [] if delimiter == "," else [f"delimited by {delimiter!r}"]
    if not named:
        mended = ["the first line looks like data, so the columns are named by their place"]

    def read(size: int) -> Iterator[pd.DataFrame]:
        try:
            with pd.read_csv(
                path,
                sep=delimiter,
                encoding=encoding,
                header=None,
                names=range(width),
                skiprows=blank + named,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                index_col=False,
                chunksize=size,
                skipinitialspace=True,
            ) as pieces:
                yield from pieces
        except pd.errors.EmptyDataError:
            raise UserError(
                f"{path.name} has a line of names but no rows: nothing to learn."
            ) from None
        except pd.errors.ParserError as error:
            said = str(error).strip().removeprefix("Error tokenizing data. C error: ")
            raise UserError(f"{path.name} is broken: {said}. Mend that line.") from None

    return Table(names, read, (*said, *mended))


def find_encoding(path: Path) -> str:
    """UTF-8 where all of the file is; else what its bytes look like most."""
    decoder, odd = codecs.getincrementaldecoder("utf-8")(), b""
    with path.open("rb") as file:
        first = file.read(4)
        for mark, name in MARKS.items():
            if first.startswith(mark):
                return name
        file.seek(0)
        while piece := file.read(1 << 20):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                odd = piece
                break
    if not odd:
        return "utf-8"
    lines = [line for line in odd.splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines[:2000]), cp_isolation=LIKELY).best()
    if best is None or "cp1252" in best.could_be_from_charset:  # others read these bytes alike
        return "cp1252"
    return best.encoding


def find_delimiter(head: str) -> str:
    """The one that parts most lines into as many fields as the first, and into most of them.

    In a file with decimal commas, a comma parts all lines alike too, but not the names.
    """
    best, found = (False, 0.0, 0), ","
    for delimiter in DELIMITERS:
        rows = [row for row in parse(head, delimiter) if row]
        counts = Counter(len(row) for row in rows)
        width, times = counts.most_common(1)[0] if counts else (1, 0)
        alike = bool(rows) and len(rows[0]) == width
        rank = (alike, round(times / max(len(rows), 1), 1), width)
        if width > 1 and rank > best:
            best, found = rank, delimiter
    return found


def parse(head: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(head), delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        return []


def looks_like_data(first: list[str]) -> bool:
    """Whether half of the names or more are numbers, and not years."""
    numbers = [field for field in first if NUMBER.fullmatch(field.strip())]
    return 2 * len(numbers) >= len(first) and not all(YEAR.fullmatch(field) for field in numbers)
