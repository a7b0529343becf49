"""A folder of images, in folders named as their classes, made ready to be this project's data."""

import shutil
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from tqdm import tqdm

from ml_portfolio.bundle.protocols import DecodeImage, InvalidImage
from ml_portfolio.config.errors import UserError
from ml_portfolio.images.raw import list_files, read_files
from ml_portfolio.images.schema import Schema
from ml_portfolio.images.validation import DUPLICATE, validate
from ml_portfolio.tables.target import MIN_CLASS_ROWS
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, Setting, listed, refuse
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.image_files import to_decodable
from ml_portfolio.tool.adopt.rendering import render
from ml_portfolio.tool.adopt.splits import SplitSettings

SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm"}
PARTS = {"train": "train", "training": "train", "val": "train", "valid": "train"}
PARTS |= {"validation": "train", "test": "test", "testing": "test"}
MAX_SIDE = 64  # pixels of what the network sees, unless all images have one smaller size
SAMPLE = 300  # images whose size and colours are looked at
MIN_VALIDATION = 10  # images, with fewer of which sets of labels promise nothing

Found = list[tuple[str, str, Path]]  # part, class, file


@dataclass(frozen=True)
class ImageAdopter:
    """Adopts a folder of images: brings them to one size, and writes them into one npz file."""

    decode_image: DecodeImage
    settings: SplitSettings

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        root = unpack(origin.path, folder)
        if not root.is_dir():
            reason = f"{origin.source} is not a folder of images."
            raise refuse(reason, "tabular-classification")
        found = find_images(root)
        counts = Counter(label for _, label, _ in found)
        print(f"\n{origin.source}: {len(found):,} images\n")
        for label, count in sorted(counts.items()):
            print(f"  {label:<30} {count:,}")
        too_few = UserError(
            f"{origin.source} must hold two folders or more, each named as a class, with at least "
            f"{MIN_CLASS_ROWS} usable images to learn from (PNG, JPEG and the like)."
        )
        if len(counts) < 2:
            raise too_few
        schema = self.suggest_schema(found, target or "class")
        rows, left_out = self.clean(root, found, schema)
        asker.note(*left_out)
        classes = tuple(sorted(set(rows["label"])))
        if len(classes) < 2:
            raise too_few
        schema = schema.model_copy(update={"classes": classes})
        raw = folder / f"{origin.name}.npz"
        write_arrays(rows, schema, raw)
        size = f"{schema.width} x {schema.height} pixels of {schema.channels} channels"
        read = f"`adopt` read the folder {origin.source}: {len(rows):,} images, resized to {size}."
        return Adoption(
            raw,
            render("schema_image.yaml.j2", schema=schema),
            f"From an image ({origin.title}), predict its {schema.target}: {listed(classes)}.",
            [read, *left_out],
            f"{len(rows):,} images of {len(classes)} classes: {listed(classes)}.",
            settings=self.suggest_settings(schema, Counter(rows["label"])),
        )

    def decode(self, content: bytes, background: int, min_side: int) -> np.ndarray:
        return self.decode_image(to_decodable(content), background, min_side)

    def suggest_schema(self, found: Found, target: str) -> Schema:
        """Choose the size and the channels that fit a sample of the images.

        Raises UserError where none of them can be read.
        """
        sizes, coloured, reason = Counter[tuple[int, int]](), False, ""
        for _, _, path in found[:: max(len(found) // SAMPLE, 1)]:
            try:
                pixels = self.decode(path.read_bytes(), background=0, min_side=1)
            except (InvalidImage, OSError) as error:
                reason = reason or f"{path.name}: {error}"
                continue
            sizes[pixels.shape[1], pixels.shape[0]] += 1
            coloured |= is_coloured(pixels)
        if not sizes:
            raise UserError(f"none of the images can be read, first {reason}. Save them as PNG.")
        (width, height), _ = sizes.most_common(1)[0]
        if len(sizes) > 1 or max(width, height) > MAX_SIDE:
            width = height = MAX_SIDE
        return Schema(
            target=target,
            classes=tuple(sorted({label for _, label, _ in found})),
            width=max(width, 4),
            height=max(height, 4),
            channels=3 if coloured else 1,
            min_side=min(8, min(map(min, sizes))),
            background=0,
        )

    def clean(self, root: Path, found: Found, schema: Schema) -> tuple[pd.DataFrame, list[str]]:
        """Return the images as the pipeline reads them, and what was left out, in sentences."""
        files = tqdm(found, desc="reading", unit=" images", leave=False, disable=None)
        good, rejected = validate(read_files(root, files, schema, self.decode), schema)
        twice = rejected["reason"].str.startswith(DUPLICATE)
        kinds = twice.map({False: "Unusable files", True: "Duplicates"})
        sentences = [
            f"{kind} left out: {len(rows):,}, the first is {rows['name'].iloc[0]}: "
            f"{rows['reason'].iloc[0]}."
            for kind, rows in rejected.groupby(kinds)
        ]
        counts = good.loc[good["part"] != "test", "label"].value_counts()
        counts = counts.reindex(schema.classes, fill_value=0)
        rare = counts[counts < MIN_CLASS_ROWS].to_dict()
        if rare:
            names = ", ".join(f"{label} ({count})" for label, count in rare.items())
            sentences.append(
                f"Classes left out, with fewer than {MIN_CLASS_ROWS} images to learn from: {names}."
            )
        return good[~good["label"].isin(rare)], sentences

    def suggest_settings(self, schema: Schema, counts: Counter[str]) -> list[Setting]:
        """Return settings that depend on the images: patches of explanations, the gain to reach."""
        patch = max(2, min(schema.width, schema.height) // 5)
        gain = round((1 - max(counts.values()) / counts.total()) * 2 / 3, 2)
        comment = "over the baseline, in train.metric: two thirds of what it gets wrong"
        found = [
            Setting("evaluate.patch", patch),
            Setting("evaluate.stride", max(1, patch // 3)),
            Setting("quality.min_gain", gain, comment),
        ]
        if counts.total() * self.settings.validation_share < MIN_VALIDATION:
            comment = "0: no sets of labels, since so few validation images can promise nothing"
            found.append(Setting("evaluate.confidence", 0, comment))
        return found


def unpack(path: Path, folder: Path) -> Path:
    """Return the folder itself, out of an archive or of the single folder around it.

    Raises UserError where the archive is damaged or needs a password.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        try:
            shutil.unpack_archive(path, folder / "unpacked", "zip")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise UserError(
                f"{path.name} cannot be unpacked ({error}): get it again or, if it needs a "
                "password, unpack it and adopt the folder."
            ) from None
        path = folder / "unpacked"
    inside = folders(path) if path.is_dir() else []
    single = len(inside) == 1 and inside[0].name.lower() not in PARTS
    return inside[0] if single else path


def folders(path: Path) -> list[Path]:
    return [each for each in sorted(path.glob("[!._]*")) if each.is_dir()]


def find_images(root: Path) -> Found:
    """Return each image with its class; those in a folder named test are kept for testing.

    These come last: of duplicates, the one to learn from is kept.
    """
    parts = {each: PARTS.get(each.name.lower(), "") for each in folders(root)}
    if not parts or not all(parts.values()):
        parts = {root: ""}
    return [
        (part, label.name, path)
        for place, part in sorted(parts.items(), key=lambda each: each[1] == "test")
        for label in folders(place)
        for path in list_files(label)
        if path.suffix.lower() in SUFFIXES
    ]


def is_coloured(pixels: np.ndarray) -> bool:
    small = np.asarray(Image.fromarray(pixels).resize((32, 32))).astype(int)
    return bool(np.ptp(small, axis=2).max() > 16)


def write_arrays(rows: pd.DataFrame, schema: Schema, raw: Path) -> None:
    """Write images and their classes as images/raw.py reads them."""
    arrays: dict[str, np.ndarray] = {}
    is_test = rows["part"] == "test"
    parts = {"train_": rows[~is_test], "test_": rows[is_test]} if is_test.any() else {"": rows}
    for prefix, part in parts.items():
        pixels = np.frombuffer(b"".join(part["pixels"]), np.uint8)
        arrays[f"{prefix}images"] = pixels.reshape(-1, *schema.shape)
        arrays[f"{prefix}labels"] = np.array([*map(schema.classes.index, part["label"])])
    np.savez_compressed(raw, **arrays)  # type: ignore[arg-type]
