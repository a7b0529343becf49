"""A table written to a file, and adopted with every suggestion taken."""

import csv
import io
import tempfile
from pathlib import Path

import pandas as pd
from aimed import TARGET, answers
from ruamel.yaml import YAML

from your_package.adopting.asking import Asker
from your_package.adopting.origins import find
from your_package.adopting.track import prepare


class Found:
    """What would be written, to look at."""

    def __init__(self, adoption) -> None:
        self.schema, self.changes = adoption.schema, list(adoption.changes)
        self.settings, self.problem = adoption.settings, adoption.problem
        self.entries = YAML(typ="safe").load(adoption.schema)
        self.rows = pd.read_csv(adoption.raw, dtype="str", keep_default_na=False, na_values=[""])
        self.features = [name for name, one in self.entries.items() if "role" not in one]


def entry(found, name):
    return found.entries[name]


def as_csv(columns, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue()


def table(rows=300, gaps=0, **columns):
    """Columns to adopt: those given, one number that says little, and the target at the end."""
    target = answers(rows)
    given = {name: target if values is None else values for name, values in columns.items()}
    length = [str(place * 13 % 89) for place in range(rows)]
    return {**given, "length": length, TARGET: [*target[: rows - gaps], *[""] * gaps]}


def adopt_file(path, target=""):
    with tempfile.TemporaryDirectory() as folder:
        return Found(prepare(find(str(path), Path(folder)), target, Asker(True), Path(folder)))


def adopt(rows=300, gaps=0, **columns):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.csv"
        path.write_text(as_csv(table(rows, gaps, **columns)), encoding="utf-8")
        return adopt_file(path)


def make_source(folder):
    """A file that this project can adopt."""
    path = folder / "my data.csv"
    path.write_text(as_csv(table()), encoding="utf-8")
    return path
