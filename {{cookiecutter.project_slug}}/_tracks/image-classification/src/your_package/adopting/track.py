"""A folder of pictures, in folders named as their classes, made ready to be this project's data."""

import zipfile
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from tqdm import tqdm

from ..errors import UserError
from ..files import sha256
from ..raw import LARGEST_FILE, LARGEST_PICTURE, files, read_files
from ..schema import Schema
from ..serving.decoding import Refused, decode
from ..validation import FEWEST, TWIN, validate
from .adoption import Adoption, Origin, Setting, listed
from .asking import Asker
from .other_track import refuse
from .settings import as_yaml

KINDS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm"}
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")  # what such files hold, for Pillow
PARTS = {"train": "train", "training": "train", "val": "train", "valid": "train"}
PARTS |= {"validation": "train", "test": "test", "testing": "test"}
LARGEST = 64  # pixels a side of what the network sees, unless all pictures have one smaller size
LOOKED_AT = 300
PROMISED = 100  # pictures: with fewer, the validation split holds less than ten

Found = list[tuple[str, str, Path]]  # part, class, file


def prepare(origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
    """Look at a folder, and write its pictures, all of one size, into an npz file in `folder`.

    Raises UserError where fewer than two classes have pictures enough that can be used.
    """
    root = unpack(origin.path, folder)
    if not root.is_dir():
        raise refuse(f"{origin.said} is no folder of pictures.", "tabular")
    found = look(root)
    counts = Counter(label for _, label, _ in found)
    print(f"\n{origin.said}: {len(found):,} pictures\n")
    for label, count in sorted(counts.items()):
        print(f"  {label:<30} {count:,}")
    if len(counts) < 2:
        raise too_few(origin.said)
    schema = suggest(found, target or "class")
    rows, left_out = clean(root, found, schema)
    for words in left_out:
        asker.tell(words)
    classes = tuple(sorted(set(rows["label"])))
    if len(classes) < 2:
        raise too_few(origin.said)
    schema = schema.model_copy(update={"classes": classes})
    raw = folder / f"{origin.name}.npz"
    write(rows, schema, raw)
    first = f"`adopt` read the folder {origin.said}: {len(rows):,} pictures, brought to"
    said = f"{first} {schema.width} x {schema.height} pixels of {schema.channels} channels."
    named = listed(classes)
    return Adoption(
        raw,
        sha256(raw),
        schema_text(schema),
        f"From a picture ({origin.title}), predict its {schema.target}: {named}.",
        [said, *left_out],
        [f"{len(rows):,} pictures of {len(classes)} classes: {named}."],
        settings=settings(schema, Counter(rows["label"])),
    )


def too_few(said: str) -> UserError:
    return UserError(
        f"{said} must hold two folders or more, each named as a class, with {FEWEST} good pictures "
        "of it or more to learn from (PNG or JPEG with 8 bits a colour, and the like)."
    )


def unpack(path: Path, folder: Path) -> Path:
    """The folder itself, out of an archive if it is in one.

    Raises UserError where the archive is damaged or locked.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        out = folder / "unpacked"
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(out)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise UserError(
                f"{path.name} cannot be unpacked ({error}): get it again or, if it needs a "
                "password, unpack it and adopt the folder."
            ) from None
        path = out
    inside = [each for each in path.glob("[!._]*") if each.is_dir()] if path.is_dir() else []
    alone = len(inside) == 1 and inside[0].name.lower() not in PARTS
    return inside[0] if alone else path


def look(root: Path) -> Found:
    """Each picture with its class; what lies in a folder named test is kept for testing.

    These come last: of twins, the one to learn from is kept.
    """
    tops = [each for each in sorted(root.glob("[!._]*")) if each.is_dir()]
    parts = {each: PARTS[each.name.lower()] for each in tops if each.name.lower() in PARTS}
    places = parts if parts and len(parts) == len(tops) else {root: ""}
    return [
        (part, label.name, path)
        for place, part in sorted(places.items(), key=lambda each: each[1] == "test")
        for label in sorted(place.glob("[!._]*"))
        if label.is_dir()
        for path in files(label)
        if path.suffix.lower() in KINDS
    ]


def suggest(found: Found, target: str) -> Schema:
    """The size and the channels that fit what some of the pictures are.

    Raises UserError where none of them can be read.
    """
    sizes, coloured, reason = Counter[tuple[int, int]](), False, ""
    for _, _, path in found[:: max(len(found) // LOOKED_AT, 1)]:
        try:
            pixels = decode(path.read_bytes(), 0, 1, LARGEST_FILE, LARGEST_PICTURE, FORMATS)
        except (Refused, OSError) as error:
            reason = reason or f"{path.name}: {error}"
            continue
        sizes[pixels.shape[1], pixels.shape[0]] += 1
        coloured |= is_coloured(pixels)
    if not sizes:
        raise UserError(
            f"none of the pictures can be read, the first is {reason}. Save them as PNG or JPEG."
        )
    (width, height), _ = sizes.most_common(1)[0]
    if len(sizes) > 1 or max(width, height) > LARGEST:
        width = height = LARGEST
    smallest = min(min(size) for size in sizes)
    return Schema(
        target=target,
        classes=tuple(sorted({label for _, label, _ in found})),
        width=max(width, 4),
        height=max(height, 4),
        channels=3 if coloured else 1,
        min_side=min(8, smallest),
        background=0,
    )


def is_coloured(pixels: np.ndarray) -> bool:
    small = np.asarray(Image.fromarray(pixels).resize((32, 32))).astype(int)
    return bool(np.ptp(small, axis=2).max() > 16)


def clean(root: Path, found: Found, schema: Schema) -> tuple[pd.DataFrame, list[str]]:
    """The pictures that can be learnt from, as the pipeline sees them, and what was left out."""
    going_by = tqdm(found, desc="reading", unit=" pictures", leave=False, disable=None)
    good, rejected = validate(read_files(root, going_by, schema, FORMATS), schema)
    twins = rejected["reason"].str.startswith(TWIN)
    said = []
    for rows, what in ((rejected[~twins], "cannot be used"), (rejected[twins], "are there twice")):
        if len(rows):
            name, _, reason = rows.iloc[0]
            said.append(f"{len(rows):,} files left out that {what}, the first is {name}: {reason}.")
    counts = good.loc[good["part"] != "test", "label"].value_counts()
    rare = {label: n for label in schema.classes if (n := int(counts.get(label, 0))) < FEWEST}
    if rare:
        names = ", ".join(f"{label} ({count})" for label, count in rare.items())
        said.append(f"Classes left out, with fewer than {FEWEST} pictures to learn from: {names}.")
    return good[~good["label"].isin(rare)], said


def write(rows: pd.DataFrame, schema: Schema, raw: Path) -> None:
    """Write pictures and their classes as raw.py reads them."""
    arrays: dict[str, np.ndarray] = {}
    tested_on = rows["part"] == "test"
    for before, part in (("train_", rows[~tested_on]), ("test_", rows[tested_on])):
        if len(part):
            before = before if tested_on.any() else ""
            pixels = np.frombuffer(b"".join(part["pixels"]), np.uint8)
            arrays[f"{before}images"] = pixels.reshape(-1, *schema.shape)
            arrays[f"{before}labels"] = np.array([*map(schema.classes.index, part["label"])])
    np.savez_compressed(raw, **arrays)  # type: ignore[arg-type]


def settings(schema: Schema, counts: Counter[str]) -> list[Setting]:
    """What of params.yaml hangs on the pictures: the patch of explanations, the gain to be had."""
    patch = max(2, min(schema.width, schema.height) // 5)
    gain = round((1 - max(counts.values()) / counts.total()) * 2 / 3, 2)
    few = "0: no sets of labels, for so few validation pictures can promise nothing"
    return [
        *([Setting("evaluate.confidence", 0, few)] if counts.total() < PROMISED else []),
        Setting("explain.patch", patch),
        Setting("explain.stride", max(1, patch // 3)),
        Setting(
            "quality.min_gain",
            gain,
            "over the baseline, in train.metric: two thirds of what it gets wrong",
        ),
    ]


def schema_text(schema: Schema) -> str:
    lines = [
        "# What the pictures must be. Everything after reads this: preprocessing, the network's",
        "# input, the requests that the API takes, the page. To change a size, adopt anew.",
        f"target: {as_yaml(schema.target)} # the name of what is predicted",
        "classes: # the order is that of the numbers in the raw file",
        *(f"  - {as_yaml(label)}" for label in schema.classes),
        f"width: {schema.width} # of what the network sees, in pixels",
        f"height: {schema.height}",
        f"channels: {schema.channels} # 1 for grey, 3 for red, green and blue",
        f"min_side: {schema.min_side} # a picture narrower or lower is refused by the API",
        f"background: {schema.background} # shows through where a picture is transparent",
    ]
    return "\n".join(lines) + "\n"
