"""A file, whatever its format and however it is packed, as a Table."""

import bz2
import gzip
import json
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from ..errors import UserError, command
from .delimited import HEAD, read_delimited
from .table import Table, as_text, clean_names, find_names

OPENERS: dict[bytes, Any] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
DAMAGED = (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error)
EXCEL = {".xlsx", ".xlsm"}


def open_table(path: Path, folder: Path) -> Table:
    """Find out how a file is written. Raises UserError where it holds no table.

    What is compressed is unpacked into `folder` first.
    """
    if path.is_dir():
        raise UserError(
            f"{path} is a folder, and this project learns from one table: name a file of it."
        )
    path = unpack(path, folder)
    head = path.open("rb").read(4096)
    if not head.strip():
        raise UserError(f"{path.name} is empty: there is nothing to learn from.")
    if head.startswith(b"PAR1"):
        return read_parquet(path)
    if path.suffix.lower() in EXCEL and head.startswith(b"PK"):
        return read_excel(path)
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if head.startswith(b"PK") or (b"\x00" in head and not utf_16):
        raise UserError(
            f"{path.name} is no table that can be read: save it as CSV, Excel (.xlsx), Parquet or "
            "JSON lines."
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_json(path)
    return read_delimited(path)


def unpack(path: Path, folder: Path) -> Path:
    """The file itself, out of what it is packed in."""
    head = path.open("rb").read(6)
    opener = next((opener for magic, opener in OPENERS.items() if head.startswith(magic)), None)
    out = folder / f"unpacked-{path.stem}"
    try:
        if head.startswith(b"PK") and path.suffix.lower() not in EXCEL:
            with zipfile.ZipFile(path) as archive:
                names = [each for each in archive.namelist() if is_content(each)]
                if len(names) != 1:
                    listed = ", ".join(names[:8]) or "nothing"
                    raise UserError(
                        f"{path.name} holds {len(names)} files ({listed}): unpack it, and adopt "
                        "the one with the table."
                    )
                out = folder / f"unpacked-{Path(names[0]).name}"
                with archive.open(names[0]) as packed, out.open("wb") as file:
                    shutil.copyfileobj(packed, file, 1 << 20)
            return out
        if head.startswith(b"\x28\xb5\x2f\xfd"):
            raise UserError(f"{path.name} is packed with zstd: unpack it (unzstd), and adopt that.")
        if opener is None:
            return path
        with opener(path) as packed, out.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
        return out
    except DAMAGED:
        raise UserError(f"{path} is cut short or damaged: get it again.") from None
    except RuntimeError as error:  # a password, or a way of packing that Python does not know
        raise UserError(f"{path.name}: {error}: unpack it yourself, and adopt the file.") from None


def is_content(name: str) -> bool:
    return not name.endswith("/") and not name.startswith("__MACOSX") and "/." not in f"/{name}"


def whole(frame: pd.DataFrame, *said: str) -> Table:
    """A table that is in memory already."""
    if frame.empty:
        raise UserError("the table has no rows: there is nothing to learn from.")
    names, mended = clean_names([str(name) for name in frame.columns])
    text = as_text(frame.reset_index(drop=True))

    def read(size: int) -> Iterator[pd.DataFrame]:
        yield from (text.iloc[start : start + size].copy() for start in range(0, len(text), size))

    return Table(names, read, (*said, *mended))


def read_excel(path: Path) -> Table:
    """The first sheet; its first row, or the one below a title, holds the names."""
    try:
        with pd.ExcelFile(path, engine="openpyxl") as book:
            sheets = [str(name) for name in book.sheet_names]
            cells = book.parse(sheets[0], header=None, dtype=object, na_filter=False)
    except ImportError:
        raise UserError(
            f"{path.name} is an Excel file, which needs the package openpyxl: uv run --with "
            f"openpyxl {command()} adopt …, or save it as CSV."
        ) from None
    except (*DAMAGED, ValueError, KeyError):
        raise UserError(f"{path.name} is no Excel file that can be read: save it as CSV.") from None
    rows = cells[:HEAD].astype(str).to_numpy().tolist()
    place, above = find_names(rows)
    frame = cells[place + 1 :].replace("", None).dropna(how="all").set_axis(rows[place], axis=1)
    others = f"; its other sheets were left: {', '.join(sheets[1:])}" if sheets[1:] else ""
    return whole(frame, f"read the sheet '{sheets[0]}'{others}", *above)


def read_parquet(path: Path) -> Table:
    try:
        file = pq.ParquetFile(path)
        kept = [field.name for field in file.schema_arrow if not field.name.startswith("__index_")]
    except (ValueError, OSError):
        raise UserError(f"{path.name} is a damaged Parquet file: get it again.") from None
    names, mended = clean_names(kept)

    def read(size: int) -> Iterator[pd.DataFrame]:
        for batch in pq.ParquetFile(path).iter_batches(size, columns=kept):
            yield as_text(batch.to_pandas())

    return Table(names, read, tuple(mended))


def read_json(path: Path) -> Table:
    """JSON, an object a line or a list of objects; objects within objects become columns."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = file.readline().lstrip().startswith("{")
            file.seek(0)
            rows = [json.loads(row) for row in file if row.strip()] if lines else json.load(file)
        if not all(isinstance(row, dict) for row in rows):
            raise ValueError(rows)
        text = json.dumps(rows, ensure_ascii=False).encode(errors="replace")  # half an emoji
    except (ValueError, OSError):
        raise UserError(
            f"{path.name} is not JSON with an object a line, or a list of objects: write it so."
        ) from None
    return whole(pd.json_normalize(json.loads(text)))
