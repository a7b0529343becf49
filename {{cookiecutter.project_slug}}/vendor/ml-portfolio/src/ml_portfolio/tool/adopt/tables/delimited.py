"""Delimited text: its encoding, its delimiter and its column names are detected."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

import pandas as pd
from charset_normalizer import from_bytes

from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.tables.table import Table, find_header, make_table
from ml_portfolio.tool.adopt.words import WORDS

DELIMITERS = ",;\t|"
HEAD, HEAD_BYTES = 200, 4_000_000  # lines that are looked at, and where to find them
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# In cp1250 š, ž, ť, ő, or within a word ł, ą, ş, ľ, ż: western Europe's words have few of them.
CENTRAL = re.compile(rb"[\x8a\x8d-\x8f\x9a\x9d\x9e]|\xf5[^e]|[a-z][\xb3\xb9\xba\xbe\xbf][a-z]")
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?%?")
YEAR = re.compile(r"(19|20)\d\d")
csv.field_size_limit(1 << 30)  # characters: a field may hold a document


def read_delimited(name: str, content: bytes) -> Table:
    """Read the content of a file; raises UserError where it is no table, or a line is broken."""
    encoding, notes = find_encoding(content)
    start = io.StringIO(content[:HEAD_BYTES].decode(encoding, "replace"), newline="")
    head = "".join(islice(start, HEAD))
    delimiter = find_delimiter(head)
    lines = parse(head, delimiter)
    header, above = find_header(lines)
    first, others = lines[header], lines[header + 1 :]
    named = not looks_like_data(first)
    width = max(len(first), Counter(map(len, others or [first])).most_common(1)[0][0])
    names = [*(first if named else []), *[""] * width][:width]
    if delimiter != ",":
        notes.append(f"delimited by {delimiter!r}")
    if not named:
        notes.append("the first line looks like data, so the columns are numbered")
    try:
        rows = pd.read_csv(
            io.BytesIO(content),
            sep=delimiter,
            encoding=encoding,
            header=None,
            names=range(width),
            skiprows=header + named,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            index_col=False,
            encoding_errors="replace",
            skipinitialspace=True,
        )
    except pd.errors.EmptyDataError:  # a header without rows
        rows = pd.DataFrame()
    except pd.errors.ParserError as error:
        reason = str(error).strip().removeprefix("Error tokenizing data. C error: ")
        raise UserError(f"{name} is broken: {reason}. Correct that line.") from None
    return make_table(rows, names, [*notes, *above])


def find_encoding(content: bytes) -> tuple[str, list[str]]:
    """Return UTF-8 where all of a file is, else the likeliest encoding; and a note about it."""
    if content.startswith(UTF_16):
        return "utf-16", ["read as utf-16"]
    try:
        content.decode("utf-8")
        return "utf-8-sig", []  # with a byte order mark or without
    except UnicodeDecodeError as error:
        lines = content[content.rfind(b"\n", 0, error.start) + 1 :][:HEAD_BYTES].splitlines()
    some = b"\n".join([line for line in lines if not line.isascii()][:2000])
    best = from_bytes(some, cp_isolation=WORDS["encoding"]).best()  # among all, it errs
    name = best.encoding if best else "cp1252"
    if not best or {"cp1250", "cp1252"} & set(best.could_be_from_charset):  # it confuses the two
        central = 20 * len(CENTRAL.findall(some)) > len(re.findall(rb"[\x80-\xff]", some))
        name = "cp1250" if central else "cp1252"
    words = re.findall(r"\w*[^\W\x00-\x7f]\w*", some.decode(name, "replace"))
    by_letters = {re.sub(r"[\x00-\x7f]", "", word): repr(word) for word in reversed(words)}
    examples = f" (such as {', '.join([*by_letters.values()][:3])})" if words else ""
    return name, [f"read as {name}{examples}"]


def find_delimiter(head: str) -> str:
    """Return the delimiter that splits most lines into as many fields as the header, and most.

    In a file with decimal commas, a comma splits all lines alike too, but not the header.
    """
    if named := re.match(r"sep=(.)\r?\n", head):  # Excel reads such a line, and writes it
        return named[1]
    best, found = (False, 0, 0.0, 0), ","
    for delimiter in DELIMITERS:
        rows = [row for row in parse(head, delimiter) if row]
        header, _ = find_header(rows)
        width, times = Counter(len(row) for row in rows).most_common(1)[0]
        rank = (len(rows[header]) == width, -header, round(times / len(rows), 1), width)
        if width > 1 and rank > best:
            best, found = rank, delimiter
    return found


def parse(head: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(head, newline="")
    return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))


def looks_like_data(first: list[str]) -> bool:
    """Return whether half of the names or more are numbers, other than years."""
    numbers = [field for field in first if NUMBER.fullmatch(field.strip())]
    return 2 * len(numbers) >= len(first) and not all(YEAR.fullmatch(field) for field in numbers)
