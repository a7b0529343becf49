"""The data are as schema.yaml describes them, and the splits are apart and alike."""

import pandas as pd
from conftest import ROOT
from ml_portfolio.config.processed import SPLITS, load_rows
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.texts.schema import load_schema
from ml_portfolio.texts.validation import LABEL, TEXT, duplicate_reasons, validate

from your_package.dataset import load_split
from your_package.preprocess import MIN_TEXTS


def test_nearly_all_rows_are_valid_and_every_class_has_some():
    source, schema = load_source(ROOT / "data/source.yaml"), load_schema(ROOT / "data/schema.yaml")
    source = source.model_copy(update={"file": ROOT / source.file})
    raw = read_raw(source, [schema.text.column, schema.label.column])
    rows, rejected, _ = validate(raw, schema)
    assert len(rejected) <= 0.05 * len(raw)
    counts = rows[LABEL].value_counts()
    assert set(counts.index) == set(schema.label.classes)
    assert counts.min() >= MIN_TEXTS


def test_no_text_is_in_two_splits_not_even_with_other_capitals(in_trained):
    texts = pd.concat([load_rows(name)[TEXT] for name in SPLITS])
    assert (duplicate_reasons(texts) == "").all() and texts.index.is_unique


def test_each_split_has_the_same_share_of_each_class(in_trained):
    splits = [load_split(name)[1] for name in SPLITS]
    shares = [(y == 1).mean() for y in splits]
    assert max(shares) - min(shares) < max(0.02, 2 / min(map(len, splits)))
