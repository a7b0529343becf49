"""A folder of pictures, in folders named as their classes, made ready to be this project's data."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError
from tqdm import tqdm

from ..errors import UserError
from ..files import sha256
from ..preparation import preparation
from ..raw import LARGEST_FILE, LARGEST_PICTURE, files
from ..schema import Schema
from ..serving.decoding import Refused, decode
from ..serving.inputs import Preparation
from .adoption import Adoption, Origin, Setting, listed
from .asking import Asker
from .other_track import refuse
from .settings import as_yaml

KINDS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm"}
READ = {".png", ".jpg", ".jpeg"}  # as they are; others are brought to PNG first
PARTS = {"train": "train", "training": "train", "val": "train", "valid": "train"}
PARTS |= {"validation": "train", "test": "test", "testing": "test"}
LARGEST = 64  # pixels a side of what the network sees, unless all pictures have one smaller size
FEWEST = 10  # pictures of a class, of which some are to learn from, some to test on
LOOKED_AT = 300

Found = list[tuple[str, str, Path]]  # part, class, file


def prepare(origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
    """Look at a folder, and write its pictures, all of one size, into an npz file in `folder`."""
    root = unpack(origin.path, folder)
    if not root.is_dir():
        raise refuse(f"{origin.said} is no folder of pictures.", "tabular")
    found = look(root)
    counts = Counter(label for _, label, _ in found)
    print(f"\n{origin.said}: {len(found):,} pictures\n")
    for label, count in sorted(counts.items()):
        print(f"  {label:<30} {count:,}")
    rare = [label for label, count in counts.items() if count < FEWEST]
    if len(counts) - len(rare) < 2:
        raise UserError(
            f"{origin.said} must hold two folders or more, each named as a class, with {FEWEST} "
            "pictures of it (PNG, JPEG and the like) or more."
        )
    if rare:
        asker.tell(f"left out, with fewer than {FEWEST} pictures: {', '.join(rare)}")
    found = [each for each in found if each[1] not in rare]
    schema = suggest(found, target or "class")
    raw = folder / f"{origin.name}.npz"
    bad = write(found, schema, raw)
    if bad:
        asker.tell(f"{len(bad):,} files left out, the first is {bad[0]}")
    first = f"`adopt` read the folder {origin.said}: {len(found) - len(bad):,} pictures, brought to"
    said = f"{first} {schema.width} x {schema.height} pixels of {schema.channels} channels."
    named = listed(schema.classes)
    return Adoption(
        raw,
        sha256(raw),
        schema_text(schema),
        f"From a picture ({origin.title}), predict its {schema.target}: {named}.",
        [said, *([f"{len(bad):,} files that cannot be read left out."] if bad else [])],
        [f"{len(found) - len(bad):,} pictures of {len(schema.classes)} classes: {named}."],
        settings=settings(schema, Counter(label for _, label, _ in found)),
    )


def unpack(path: Path, folder: Path) -> Path:
    """The folder itself, out of an archive if it is in one."""
    if path.is_file() and zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
        out = folder / "unpacked"
        with zipfile.ZipFile(path) as archive:
            archive.extractall(out)
        path = out
    inside = [each for each in path.glob("[!._]*") if each.is_dir()] if path.is_dir() else []
    alone = len(inside) == 1 and inside[0].name.lower() not in PARTS
    return inside[0] if alone else path


def look(root: Path) -> Found:
    """Each picture with its class; what lies in a folder named test is kept for testing."""
    tops = [each for each in sorted(root.glob("[!._]*")) if each.is_dir()]
    parts = {each: PARTS[each.name.lower()] for each in tops if each.name.lower() in PARTS}
    places = parts if parts and len(parts) == len(tops) else {root: ""}
    return [
        (part, label.name, path)
        for place, part in places.items()
        for label in sorted(place.glob("[!._]*"))
        if label.is_dir()
        for path in files(label)
        if path.suffix.lower() in KINDS
    ]


def suggest(found: Found, target: str) -> Schema:
    """The size and the channels that fit what some of the pictures are."""
    sizes, coloured = Counter[tuple[int, int]](), False
    for _, _, path in found[:: max(len(found) // LOOKED_AT, 1)]:
        try:
            with Image.open(path) as picture:
                sizes[picture.size] += 1
                coloured |= is_coloured(picture)
        except (UnidentifiedImageError, OSError):
            continue
    if not sizes:
        raise UserError("none of the pictures can be read: save them as PNG or JPEG.")
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


def is_coloured(picture: Image.Image) -> bool:
    small = np.asarray(picture.convert("RGB").resize((32, 32))).astype(int)
    return bool(np.ptp(small, axis=2).max() > 16)


def write(found: Found, schema: Schema, raw: Path) -> list[str]:
    """Write arrays as raw.py reads them; return the files that could not be read, with reasons."""
    prepare_one, bad = Preparation(preparation(schema)), []
    images: dict[str, list[np.ndarray]] = {"train": [], "test": []}
    labels: dict[str, list[int]] = {"train": [], "test": []}
    limits = (schema.background, schema.min_side, LARGEST_FILE, LARGEST_PICTURE)
    for part, label, path in tqdm(
        found, desc="reading", unit=" pictures", leave=False, disable=None
    ):
        try:
            pixels = prepare_one(decode(content(path), *limits))
        except (Refused, UnidentifiedImageError, OSError) as reason:
            bad.append(f"{path.name}: {reason}")
            continue
        images[part or "train"].append(pixels)
        labels[part or "train"].append(schema.classes.index(label))
    arrays: dict[str, np.ndarray] = {}
    for part, pictures in images.items():
        before = f"{part}_" if images["test"] else ""
        if pictures:
            arrays[f"{before}images"] = np.stack(pictures).reshape(-1, *schema.shape)
            arrays[f"{before}labels"] = np.array(labels[part])
    np.savez_compressed(raw, **arrays)  # type: ignore[arg-type]
    return bad


def content(path: Path) -> bytes:
    """A file as the decoder of the server reads it."""
    if path.suffix.lower() in READ:
        return path.read_bytes()
    out = io.BytesIO()
    with Image.open(path) as picture:
        picture.convert("RGB").save(out, "PNG")
    return out.getvalue()


def settings(schema: Schema, counts: Counter[str]) -> list[Setting]:
    """What of params.yaml hangs on the pictures: the patch of explanations, the gain to be had."""
    patch = max(2, min(schema.width, schema.height) // 5)
    gain = round((1 - max(counts.values()) / counts.total()) * 2 / 3, 2)
    return [
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
