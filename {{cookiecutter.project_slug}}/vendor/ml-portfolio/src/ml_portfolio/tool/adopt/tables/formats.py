"""A file, whatever its format and however it is compressed, as a Table."""

import bz2
import gzip
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.tool.adopt.tables.delimited import HEAD, UTF_16, read_delimited
from ml_portfolio.tool.adopt.tables.table import Table, find_header, make_table

DECOMPRESS = {
    b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress, b"\xfd7zXZ": lzma.decompress,
}  # fmt: skip
DAMAGED = (EOFError, OSError, lzma.LZMAError, zipfile.BadZipFile, zlib.error)
EXCEL = {".xlsx", ".xlsm"}
NO_CONTENT = re.compile(r"/$|^__MACOSX|(^|/)\.")  # a folder, or hidden, in an archive


def read_table(path: Path) -> Table:
    """Read a file; raises UserError where it holds no table."""
    if path.is_dir():
        raise UserError(f"{path} is a folder, and this project needs one table: name its file.")
    name, content = unpack(path)
    if not content.strip():
        raise UserError(f"{name} is empty: there is nothing to learn from.")
    if content.startswith(b"PAR1"):
        return read_parquet(name, content)
    if Path(name).suffix.lower() in EXCEL and content.startswith(b"PK"):
        return read_excel(name, content)
    is_text = content.startswith(UTF_16) or b"\x00" not in content[:4096]
    if content.startswith(b"PK") or not is_text:
        raise UserError(f"{name} is not a table that can be read: save it as CSV, xlsx or Parquet.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_json(name, content)
    return read_delimited(name, content)


def unpack(path: Path) -> tuple[str, bytes]:
    """Return name and content of a file, out of whatever it is packed in."""
    content = path.read_bytes()
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        raise UserError(f"{path.name} is compressed with zstd: unpack it (unzstd), and adopt that.")
    try:
        if content.startswith(b"PK") and path.suffix.lower() not in EXCEL:
            return unzip(path)
        for magic, decompress in DECOMPRESS.items():
            if content.startswith(magic):
                return path.stem, decompress(content)
        return path.name, content
    except DAMAGED:
        raise UserError(f"{path} is truncated or damaged: get it again.") from None
    except RuntimeError as error:  # a password, or a compression that Python does not know
        raise UserError(f"{path.name}: {error}: unpack it yourself, and adopt the file.") from None


def unzip(path: Path) -> tuple[str, bytes]:
    """Return the only file of an archive; raises UserError where it holds another number."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not NO_CONTENT.search(name)]
        if len(names) != 1:
            found = f"{len(names)} files ({', '.join(names[:8])})"
            raise UserError(f"{path.name} holds {found}: unpack it, and adopt the right one.")
        return names[0], archive.read(names[0])


def read_excel(name: str, content: bytes) -> Table:
    """Read the first sheet; its first row, or the one below a title, holds the column names."""
    try:
        with pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
            sheets = [str(sheet) for sheet in book.sheet_names]
            cells = pd.read_excel(book, header=None, dtype=object, na_filter=False)
    except ImportError:
        raise UserError(
            f"{name} is an Excel file, which needs the package openpyxl: uv run --with openpyxl "
            f"{command_name()} adopt …, or save it as CSV."
        ) from None
    except (*DAMAGED, ValueError, KeyError):
        raise UserError(f"{name} cannot be read as an Excel file: save it as CSV.") from None
    rows = cells[:HEAD].astype(str).to_numpy().tolist()
    header, above = find_header(rows)
    frame = cells[header + 1 :].replace("", None).dropna(how="all").set_axis(rows[header], axis=1)
    others = f"; the other sheets are ignored: {', '.join(sheets[1:])}" if sheets[1:] else ""
    return typed_table(frame, [f"read the sheet '{sheets[0]}'{others}", *above])


def read_parquet(name: str, content: bytes) -> Table:
    try:
        return typed_table(pd.read_parquet(io.BytesIO(content)))
    except (ValueError, OSError):
        raise UserError(f"{name} is a damaged Parquet file: get it again.") from None


def read_json(name: str, content: bytes) -> Table:
    """Read one object a line, or a list of objects; objects within objects become columns."""
    try:
        text = content.decode("utf-8-sig").strip()
        lines = [line for line in text.split("\n") if line.strip()]
        rows = json.loads(text if text.startswith("[") else f"[{','.join(lines)}]")
        if not any(rows) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(rows)
        readable = json.dumps(rows, ensure_ascii=False).encode(errors="replace")  # no half emoji
    except ValueError:
        raise UserError(f"{name} is not JSON lines or a list of objects: save it so.") from None
    return typed_table(pd.json_normalize(json.loads(readable)))


def typed_table(frame: pd.DataFrame, notes: Sequence[str] = ()) -> Table:
    """Return typed values as a table of text, as pandas would write them into a CSV file."""
    text = io.StringIO(frame.to_csv(index=False, header=False))
    rows = pd.read_csv(text, header=None, dtype=str, keep_default_na=False, na_values=[""])
    return make_table(rows, [str(name) for name in frame.columns], notes)
