"""Raw data in a delimited file, as `data/source.yaml` describes it."""

import csv
import lzma
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pydantic import Field

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import read_yaml, validate
from ml_portfolio.config.paths import SCHEMA, SOURCE
from ml_portfolio.source import DataSource, check_unchanged


class Source(DataSource):
    delimiter: str = Field(min_length=1)
    encoding: str
    missing: tuple[str, ...]  # the words that stand for a missing value


def load_source(path: Path = SOURCE) -> Source:
    return validate(Source, read_yaml(path), path)


def read_raw(source: Source, columns: Sequence[str]) -> pd.DataFrame:
    """Read some columns as text, missing values as None; the index is the line in the file.

    Raises UserError where the file is absent, changed, unreadable, or lacks a column.
    """
    check_unchanged(source, sha256(source.file) if source.file.is_file() else None)
    try:
        frame = pd.read_csv(
            source.file,
            sep=source.delimiter,
            encoding=source.encoding,
            dtype=str,
            index_col=False,  # an extra delimiter at the end of each line shifts no column
            keep_default_na=False,
            na_values=["", *source.missing],
            skipinitialspace=True,
        )
    except pd.errors.EmptyDataError:
        raise UserError(
            f"{source.file} is empty: put the data there, with a line of column names."
        ) from None
    except (UnicodeDecodeError, LookupError):
        raise UserError(
            f"{source.file} is not {source.encoding} text: "
            f"write its encoding (often cp1252 or utf-16) into {SOURCE}."
        ) from None
    except pd.errors.ParserError as error:
        message = str(error).strip()
        raise UserError(f"{source.file} is malformed: {message}. Fix that line.") from None
    except (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error):
        raise UserError(
            f"{source.file} is truncated or damaged: download or copy it again."
        ) from None
    check_columns(list(frame.columns), source, columns)
    if frame.empty:
        raise UserError(f"{source.file} has a line of column names but no rows: add the data.")
    frame.index = pd.RangeIndex(2, len(frame) + 2, name="line")
    return frame[list(columns)]


def check_columns(found: list[str], source: Source, wanted: Sequence[str]) -> None:
    missing = [name for name in wanted if name not in found]
    if not missing:
        return
    if len(found) == 1 and (delimiter := likely_delimiter(found[0])):
        raise UserError(
            f"{source.file} seems to be delimited by {delimiter!r}, not by {source.delimiter!r}: "
            f"write 'delimiter: \"{delimiter}\"' into {SOURCE}."
        )
    raise UserError(
        f"{source.file} has no column {', '.join(map(repr, missing))} "
        f"(it has {', '.join(map(repr, found))}): rename it there, or change {SCHEMA}."
    )


def likely_delimiter(header: str) -> str | None:
    try:
        return csv.Sniffer().sniff(header, delimiters=",;\t|").delimiter
    except csv.Error:
        return None
