"""The data in this repository are those that schema.yaml and source.yaml describe."""

import pandas as pd
import pytest
from conftest import ROOT

from your_package.dataset import load_split
from your_package.processed import load_rows
from your_package.raw import load_source, read_raw
from your_package.schema import load_schema
from your_package.validation import LABEL, TEXT, twin_reasons, validate


@pytest.fixture(scope="module")
def rows():
    source, schema = load_source(ROOT / "data/source.yaml"), load_schema(ROOT / "data/schema.yaml")
    raw = read_raw(source.model_copy(update={"file": ROOT / source.file}), schema)
    good, rejected, _ = validate(raw, schema)
    assert len(rejected) <= 0.05 * len(raw)
    return good


def test_every_class_is_there(rows):
    counts = rows[LABEL].value_counts()
    assert set(counts.index) == set(load_schema(ROOT / "data/schema.yaml").label.classes)
    assert counts.min() >= 10


def test_no_text_is_in_two_splits_whatever_its_case_and_stops(in_trained):
    parts = [load_rows(name) for name in ("train", "validation", "test")]
    together = pd.concat([part[TEXT] for part in parts])
    assert (twin_reasons(together) == "").all() and together.index.is_unique


def test_each_split_has_the_same_share_of_classes(in_trained):
    parts = [load_split(name)[1] for name in ("train", "validation", "test")]
    shares = [part.mean() for part in parts]
    nearest = 2 * parts[0].max() / min(map(len, parts))  # whole rows come no nearer
    assert max(shares) - min(shares) < max(0.02, nearest)
