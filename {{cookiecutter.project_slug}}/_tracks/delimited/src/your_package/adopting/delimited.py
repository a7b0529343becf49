"""A file of delimited text: its encoding, its delimiter and its names are found out."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
from charset_normalizer import from_bytes

from ..errors import UserError
from .table import Table, clean_names, find_names

DELIMITERS = ",;\t|"
HEAD = 200  # lines that are looked at
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LIKELY = [  # what charset-normalizer may guess: it knows a hundred more, and errs among them
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "shift_jis",
    "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
# In cp1250 š, ž, ť, ő, or within a word ł, ą, ş, ľ, ż: western Europe's words have few of them.
CENTRAL = re.compile(rb"[\x8a\x8d-\x8f\x9a\x9d\x9e]|\xf5[^e]|[a-z][\xb3\xb9\xba\xbe\xbf][a-z]")
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?%?")
YEAR = re.compile(r"(19|20)\d\d")
csv.field_size_limit(1 << 30)  # characters: a whole document may stand in a field


def read_delimited(path: Path) -> Table:
    """Raises UserError where the file is no table, or a line of it is broken."""
    encoding, said = find_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        head = "".join(line for line, _ in zip(file, range(HEAD), strict=False))
    delimiter = find_delimiter(head)
    rows = parse(head, delimiter)
    place, above = find_names(rows)
    first, others = rows[place], rows[place + 1 :]
    named = not looks_like_data(first)
    width = max(len(first), Counter(map(len, others or [first])).most_common(1)[0][0])
    given = (first if named else []) + [""] * (width - len(first) * named)
    names, mended = clean_names(given)
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
                skiprows=place + named,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                index_col=False,
                chunksize=size,
                encoding_errors="replace",
                skipinitialspace=True,
            ) as pieces:
                yield from pieces
        except pd.errors.EmptyDataError:  # a line of names but no rows
            return
        except pd.errors.ParserError as error:
            said = str(error).strip().removeprefix("Error tokenizing data. C error: ")
            raise UserError(f"{path.name} is broken: {said}. Mend that line.") from None

    return Table(names, read, (*said, *above, *mended))


def find_encoding(path: Path) -> tuple[str, list[str]]:
    """UTF-8 where all of the file is, else what its bytes look like most; and what to say of it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = file.read(4)
        for mark, name in MARKS.items():
            if first.startswith(mark):
                return name, ["read as utf-16"] if name == "utf-16" else []
        file.seek(0)
        with suppress(UnicodeDecodeError):
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            return "utf-8", []
    some = b"\n".join([line for line in piece.splitlines() if not line.isascii()][:2000])
    best = from_bytes(some, cp_isolation=LIKELY).best()
    name = best.encoding if best else "cp1252"
    if not best or {"cp1250", "cp1252"} & set(best.could_be_from_charset):  # it errs between them
        central = 20 * len(CENTRAL.findall(some)) > len(re.findall(rb"[\x80-\xff]", some))
        name = "cp1250" if central else "cp1252"
    words = re.findall(r"\w*[^\W\x00-\x7f]\w*", some.decode(name, "replace"))
    by_letters = {re.sub(r"[\x00-\x7f]", "", word): repr(word) for word in reversed(words)}
    such = f" (such as {', '.join([*by_letters.values()][:3])})" if words else ""
    return name, [f"read as {name}{such}"]


def find_delimiter(head: str) -> str:
    """The one that parts most lines into as many fields as the first, and into most of them.

    In a file with decimal commas, a comma parts all lines alike too, but not the names.
    """
    if named := re.match(r"sep=(.)\r?\n", head):  # Excel reads such a line, and writes it
        return named[1]
    best, found = (False, 0, 0.0, 0), ","
    for delimiter in DELIMITERS:
        rows = [row for row in parse(head, delimiter) if row]
        place, _ = find_names(rows)
        width, times = Counter(len(row) for row in rows).most_common(1)[0]
        rank = (len(rows[place]) == width, -place, round(times / len(rows), 1), width)
        if width > 1 and rank > best:
            best, found = rank, delimiter
    return found


def parse(head: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(head, newline="")
    return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))


def looks_like_data(first: list[str]) -> bool:
    """Whether half of the names or more are numbers, and not years."""
    numbers = [field for field in first if NUMBER.fullmatch(field.strip())]
    return 2 * len(numbers) >= len(first) and not all(YEAR.fullmatch(field) for field in numbers)
