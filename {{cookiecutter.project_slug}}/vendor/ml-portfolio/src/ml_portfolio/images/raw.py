"""Raw images as `data/source.yaml` describes them: a folder of files, or one file of arrays.

A folder holds a folder for each class, named as in data/schema.yaml, with PNG and JPEG files.
A file is NumPy's npz with `images` uint8 [n, height, width] or [n, height, width, channels] and
`labels` [n], positions in the schema's list of classes; or with both twice, as train_… and test_….
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ml_portfolio.bundle.protocols import DecodeImage, InvalidImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import read_yaml, validate
from ml_portfolio.config.paths import SCHEMA, SOURCE
from ml_portfolio.images.preparation import preparation
from ml_portfolio.images.request import Preparation
from ml_portfolio.images.schema import Schema
from ml_portfolio.source import DataSource, check_unchanged


class RawImage(NamedTuple):
    """One image, uint8 [height, width, channels], or the reason why there is none."""

    name: str
    label: str
    part: str  # "test" if the source keeps it for testing
    pixels: np.ndarray | None
    reason: str = ""


def load_source(path: Path = SOURCE) -> DataSource:
    return validate(DataSource, read_yaml(path), path)


def read_raw(source: DataSource, schema: Schema, decode: DecodeImage) -> Iterator[RawImage]:
    """Read the images, brought to the size and colours of the schema.

    Raises UserError where file or folder is absent, changed or not of the expected form.
    """
    check_unchanged(source, fingerprint(source.file) if source.file.exists() else None)
    if source.file.is_dir():
        return read_folder(source.file, schema, decode)
    return read_arrays(source.file, schema)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of the list of a folder's files and their SHA-256."""
    if path.is_file():
        return sha256(path)
    lines = [f"{sha256(file)}  {file.relative_to(path).as_posix()}\n" for file in list_files(path)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def list_files(folder: Path) -> list[Path]:
    """Return the files in a folder and below, in the same order on every system.

    Hidden ones are left out, and hidden folders: programs keep copies of images there.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    visible = [path for name, path in sorted(paths.items()) if "/." not in f"/{name}"]
    return [path for path in visible if path.is_file()]


def read_folder(folder: Path, schema: Schema, decode: DecodeImage) -> Iterator[RawImage]:
    """Read a folder with a folder for each class."""
    found = {path.name for path in folder.glob("[!.]*") if path.is_dir()}
    if found != set(schema.classes):
        missing, extra = sorted(set(schema.classes) - found), sorted(found - set(schema.classes))
        raise UserError(
            f"{folder} must hold one folder for each class of {SCHEMA}; missing: "
            f"{', '.join(missing) or 'none'}; unknown: {', '.join(extra) or 'none'}. Rename them."
        )
    files = [("", label, file) for label in schema.classes for file in list_files(folder / label)]
    yield from read_files(folder, files, schema, decode)


def read_files(
    folder: Path, files: Iterable[tuple[str, str, Path]], schema: Schema, decode: DecodeImage
) -> Iterator[RawImage]:
    """Read files (part, class, path) below a folder; an unreadable one comes with the reason."""
    prepare = Preparation(preparation(schema))
    for part, label, path in files:
        name = path.relative_to(folder).as_posix()
        try:
            image = decode(path.read_bytes(), schema.background, schema.min_side)
            yield RawImage(name, label, part, prepare(image))
        except (InvalidImage, OSError) as reason:
            yield RawImage(name, label, part, None, str(reason))


def read_arrays(path: Path, schema: Schema) -> Iterator[RawImage]:
    """Read an npz file: images of the network's size, ready for use."""
    try:
        with np.load(path, allow_pickle=False) as content:
            arrays = {name: content[name] for name in content.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        raise UserError(
            f"{path} is not a complete npz file of plain numbers: get it again, or name another "
            f"file or folder in {SOURCE}."
        ) from None
    for part in ["train", "test"] if "train_images" in arrays else [""]:
        prefix = f"{part}_" if part else ""
        images, labels = arrays.get(f"{prefix}images"), arrays.get(f"{prefix}labels")
        if images is None or labels is None or len(images) != len(labels):
            raise UserError(
                f"{path} must hold {prefix}images and as many {prefix}labels; it holds "
                f"{', '.join(arrays) or 'nothing'}. Write the file again."
            )
        if images.dtype != np.uint8 or images.shape[1:] not in (schema.shape, schema.shape[:2]):
            raise UserError(
                f"{path}: {prefix}images is {images.dtype} {list(images.shape)}, not uint8 "
                f"[n, {schema.height}, {schema.width}, {schema.channels}]: fix it or {SCHEMA}."
            )
        for position, (pixels, label) in enumerate(zip(images, labels, strict=True)):
            known = 0 <= label < len(schema.classes)
            name = schema.classes[int(label)] if known else str(label)
            yield RawImage(f"{prefix}{position}", name, part, pixels.reshape(schema.shape))
