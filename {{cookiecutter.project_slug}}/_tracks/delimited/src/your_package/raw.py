"""Raw data as `data/source.yaml` describes them: which file, how it is written, where from."""

import csv
import lzma
import zipfile
import zlib
from pathlib import Path

import pandas as pd
from pydantic import Field

from .errors import UserError
from .files import sha256
from .params import Strict, check, read_yaml
from .schema import Schema

SOURCE = Path("data/source.yaml")


class Source(Strict):
    file: Path
    sha256: str
    delimiter: str = Field(min_length=1)
    encoding: str
    missing: tuple[str, ...]  # the words that stand for a missing value
    title: str
    url: str
    licence: str
    citation: str
    changes: str


def load_source(path: Path = SOURCE) -> Source:
    return check(Source, read_yaml(path), path)


def read_raw(source: Source, schema: Schema) -> pd.DataFrame:
    """Read the columns of the schema as text, missing values as None; index: line in the file.

    Raises UserError where the file is absent, changed, unreadable, or lacks a column.
    """
    check_fingerprint(source)
    try:
        frame = pd.read_csv(
            source.file,
            sep=source.delimiter,
            encoding=source.encoding,
            dtype=str,
            index_col=False,  # a delimiter too many at each line's end shifts no column
            keep_default_na=False,
            na_values=["", *source.missing],
            skipinitialspace=True,
        )
    except pd.errors.EmptyDataError:
        raise UserError(
            f"{source.file} is empty: put the data there, with a line of names."
        ) from None
    except (UnicodeDecodeError, LookupError):
        raise UserError(
            f"{source.file} is not {source.encoding} text: "
            f"write its encoding (often cp1252 or utf-16) into {SOURCE}."
        ) from None
    except pd.errors.ParserError as error:
        raise UserError(f"{source.file} is broken: {str(error).strip()}. Fix that line.") from None
    except (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error):
        raise UserError(f"{source.file} is cut short or damaged: get it again.") from None
    check_columns(list(frame.columns), source, schema)
    if frame.empty:
        raise UserError(f"{source.file} has a line of names but no rows: put the data there.")
    frame.index = pd.RangeIndex(2, len(frame) + 2, name="line")
    return frame[[column.name for column in schema.used]]


def check_fingerprint(source: Source) -> None:
    if not source.file.is_file():
        raise UserError(f"{source.file} is missing: restore it, or name another file in {SOURCE}.")
    found = sha256(source.file)
    if found != source.sha256:
        raise UserError(
            f"{source.file} is not the file that {SOURCE} describes: restore it with git or, "
            f"if the change is meant, write 'sha256: {found}' there."
        )


def check_columns(found: list[str], source: Source, schema: Schema) -> None:
    lost = [column.name for column in schema.used if column.name not in found]
    if not lost:
        return
    if len(found) == 1 and (other := likely_delimiter(found[0])):
        raise UserError(
            f"{source.file} is not delimited by {source.delimiter!r} but, it seems, by {other!r}: "
            f"write 'delimiter: \"{other}\"' into {SOURCE}."
        )
    raise UserError(
        f"{source.file} has no column {', '.join(map(repr, lost))} "
        f"(it has {', '.join(map(repr, found))}): "
        "rename it there, or change data/schema.yaml."
    )


def likely_delimiter(header: str) -> str | None:
    try:
        return csv.Sniffer().sniff(header, delimiters=",;\t|").delimiter
    except csv.Error:
        return None
