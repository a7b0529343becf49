"""Raw pictures as `data/source.yaml` describes them: which file or folder, and where from.

A folder holds one folder a class, named as data/schema.yaml names it, with PNG and JPEG files.
A file is NumPy's npz with `images` uint8 [n, height, width] or [n, height, width, channels] and
`labels` [n], places in the schema's list of classes; or with both twice, named train_… and test_….
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .errors import UserError
from .files import sha256
from .params import Strict, check, read_yaml
from .preparation import preparation
from .schema import SCHEMA, Schema
from .serving.decoding import FORMATS, Refused, decode
from .serving.inputs import Preparation

Found = Iterable[tuple[str, str, Path]]  # of each picture its part, its class, its file
SOURCE = Path("data/source.yaml")
LARGEST_FILE, LARGEST_PICTURE = 50_000_000, 50_000_000  # bytes, pixels: the owner's own are trusted


class Source(Strict):
    file: Path
    sha256: str
    title: str
    url: str
    licence: str
    citation: str
    changes: str


class Raw(NamedTuple):
    """One picture, uint8 [height, width, channels], or the reason why there is none."""

    name: str
    label: str
    part: str  # "test" if the source keeps it for testing
    pixels: np.ndarray | None
    reason: str = ""


def load_source(path: Path = SOURCE) -> Source:
    return check(Source, read_yaml(path), path)


def read_raw(source: Source, schema: Schema) -> Iterator[Raw]:
    """Read the pictures. Raises UserError where file or folder is absent, changed or no such."""
    if not source.file.exists():
        raise UserError(f"{source.file} is missing: restore it, or name another in {SOURCE}.")
    found = fingerprint(source.file)
    if found != source.sha256:
        raise UserError(
            f"{source.file} is not what {SOURCE} describes: restore it with git or, "
            f"if the change is meant, write 'sha256: {found}' there."
        )
    read = read_folder if source.file.is_dir() else read_arrays
    return read(source.file, schema)


def fingerprint(path: Path) -> str:
    """The sha256 of a file; of a folder, that of the list of its files with theirs."""
    if path.is_file():
        return sha256(path)
    lines = [f"{sha256(file)}  {file.relative_to(path).as_posix()}\n" for file in files(path)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def files(folder: Path) -> list[Path]:
    """The files in a folder and below, in an order that is always the same.

    Hidden ones are passed over, and hidden folders: programs keep copies of pictures there.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    seen = [path for name, path in sorted(found.items()) if "/." not in f"/{name}"]
    return [path for path in seen if path.is_file()]


def read_folder(folder: Path, schema: Schema) -> Iterator[Raw]:
    """Read a folder of folders, one a class; what cannot be read comes with the reason."""
    found = {path.name for path in folder.glob("[!.]*") if path.is_dir()}
    if found != set(schema.classes):
        lost, more = sorted(set(schema.classes) - found), sorted(found - set(schema.classes))
        raise UserError(
            f"{folder} must hold one folder for each class of {SCHEMA}; missing: "
            f"{', '.join(lost) or 'none'}; unknown: {', '.join(more) or 'none'}. Rename them."
        )
    pictures = [("", label, path) for label in schema.classes for path in files(folder / label)]
    yield from read_files(folder, pictures, schema)


def read_files(
    folder: Path, found: Found, schema: Schema, formats: tuple[str, ...] = FORMATS
) -> Iterator[Raw]:
    """Read files below a folder; what cannot be read comes with the reason."""
    prepare = Preparation(preparation(schema))
    limits = (schema.background, schema.min_side, LARGEST_FILE, LARGEST_PICTURE)
    for part, label, path in found:
        name = path.relative_to(folder).as_posix()
        try:
            yield Raw(name, label, part, prepare(decode(path.read_bytes(), *limits, formats)))
        except (Refused, OSError) as reason:
            yield Raw(name, label, part, None, str(reason))


def read_arrays(path: Path, schema: Schema) -> Iterator[Raw]:
    """Read an npz file: pictures of the network's size, ready to be used."""
    try:
        with np.load(path, allow_pickle=False) as content:
            arrays = {name: content[name] for name in content.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        raise UserError(
            f"{path} is not a whole npz file of plain numbers: get it again, or name another "
            f"file or folder in {SOURCE}."
        ) from None
    for part in ["train", "test"] if "train_images" in arrays else [""]:
        before = f"{part}_" if part else ""
        images, labels = arrays.get(f"{before}images"), arrays.get(f"{before}labels")
        if images is None or labels is None or len(images) != len(labels):
            raise UserError(
                f"{path} must hold {before}images and as many {before}labels; it holds "
                f"{', '.join(arrays) or 'nothing'}. Write them anew."
            )
        if images.dtype != np.uint8 or images.shape[1:] not in (schema.shape, schema.shape[:2]):
            raise UserError(
                f"{path}: {before}images is {images.dtype} {list(images.shape)}, not uint8 "
                f"[n, {schema.height}, {schema.width}, {schema.channels}]: fix it or {SCHEMA}."
            )
        for place, (pixels, label) in enumerate(zip(images, labels, strict=True)):
            known = 0 <= label < len(schema.classes)
            word = schema.classes[int(label)] if known else str(label)
            yield Raw(f"{before}{place}", word, part, pixels.reshape(schema.shape))
