"""Data that a project of each kind can adopt, and what is adopted from a table."""

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from library.small_bundles import owner_module
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.images import ImageAdopter
from ml_portfolio.tool.adopt.origins import find
from ml_portfolio.tool.adopt.splits import SplitSettings
from ml_portfolio.tool.adopt.tables.adopter import TableAdopter
from ml_portfolio.tool.adopt.tables.targets import TARGETS
from ml_portfolio.tool.adopt.texts import TextAdopter
from PIL import Image
from ruamel.yaml import YAML

TARGET = "answer"
TABLES = SplitSettings(validation_share=0.2, test_share=0.2, seed=42, confidence=0.9)
TEXTS = TABLES.model_copy(update={"validation_share": 0.1})
decode_image = owner_module("image-classification", "decoding").decode


class Adopted:
    """What would be written, to look at."""

    def __init__(self, adoption) -> None:
        self.schema, self.changes = adoption.schema, list(adoption.changes)
        self.settings = {each.path: each.value for each in adoption.settings}
        self.problem, self.facts = adoption.problem, adoption.facts
        self.entries = YAML(typ="safe").load(adoption.schema)
        if adoption.raw.suffix == ".npz":
            with np.load(adoption.raw) as arrays:
                self.arrays = {name: arrays[name] for name in arrays.files}
        else:
            missing = {"keep_default_na": False, "na_values": [""]}
            self.rows = pd.read_csv(adoption.raw, dtype="str", **missing)

    @property
    def features(self) -> list[str]:
        return [name for name, entry in self.entries.items() if "role" not in entry]


def prepare(adopter, path, target=""):
    """Adopt with every suggestion taken."""
    with tempfile.TemporaryDirectory() as folder:
        origin = find(str(path), Path(folder))
        return Adopted(adopter.prepare(origin, target or origin.target, Asker(True), Path(folder)))


def adopt_table(path, target="", task="classification"):
    return prepare(TableAdopter(TARGETS[task], TABLES), path, target)


def adopt_texts(path, target=""):
    return prepare(TextAdopter(TEXTS), path, target)


def adopt_images(path, target=""):
    return prepare(ImageAdopter(decode_image, TEXTS), path, target)


def answers(rows, task="classification"):
    """A target of a task, as text."""
    if task == "classification":
        return ["yes" if place % 3 else "no" for place in range(rows)]
    return [f"{(place * 37) % 101 / 4 + 1.1:.2f}" for place in range(rows)]


def make_table(rows=300, gaps=0, task="classification", **columns):
    """Columns: those given (None: a copy of the target), one weak number, the target at the end."""
    target = answers(rows, task)
    given = {name: target if values is None else values for name, values in columns.items()}
    length = [str(place * 13 % 89) for place in range(rows)]
    return {**given, "length": length, TARGET: [*target[: rows - gaps], *[""] * gaps]}


def as_csv(columns, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue()


def adopt_columns(rows=300, gaps=0, task="classification", **columns):
    """Adopt a table with these columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_text(as_csv(make_table(rows, gaps, task, **columns)), encoding="utf-8")
        return adopt_table(path, task=task)


def write_texts(folder):
    """A file with texts of two classes, delimited by a semicolon."""
    path = folder / "my data.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "Review", "stars"])
        for place in range(90):
            good = place % 3
            words = "a lovely café, truly" if good else "cold soup; never again"
            writer.writerow([place, f"Visit {place} was {words}", "good" if good else "bad"])
    return path


def write_images(folder, size=(12, 16), kind="png", seed=0, count=15):
    """A folder with images of two classes, red and blue."""
    root, random = folder / "my images", np.random.default_rng(seed)
    for place, label in enumerate(("red", "blue")):
        (root / label).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            pixels = random.integers(0, 60, (*size, 3), dtype=np.uint8)
            pixels[..., 2 * place] += 150
            Image.fromarray(pixels).save(root / label / f"{number}.{kind}")
    return root


def write_source(folder, project):
    """Data that a kind of project can adopt."""
    if project.input == "text":
        return write_texts(folder)
    if project.input == "image":
        return write_images(folder)
    path = folder / "my data.csv"
    path.write_text(as_csv(make_table(task=project.task)), encoding="utf-8")
    return path
