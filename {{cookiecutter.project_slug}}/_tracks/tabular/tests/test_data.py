"""The data in this repository are those that schema.yaml and source.yaml describe."""

import pytest
from conftest import ROOT
from ml_portfolio.config.params import load_project, load_section
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.tables.schema import load_schema

from your_package.preprocess import PreprocessParams, preprocess

SCHEMA = load_schema(ROOT / "data/schema.yaml")


@pytest.fixture(scope="module")
def splits():
    source = load_source(ROOT / "data/source.yaml")
    source = source.model_copy(update={"file": ROOT / source.file})
    raw = read_raw(source, [column.name for column in SCHEMA.used])
    params = ROOT / "params.yaml"
    settings = load_section("preprocess", PreprocessParams, params)
    splits, _ = preprocess(raw, source.file, SCHEMA, load_project(params).task, settings)
    return splits


def test_no_row_is_in_two_splits(splits):
    numbers = [set(rows.index) for rows in splits.values()]
    assert sum(map(len, numbers)) == len(set.union(*numbers))


def test_no_feature_is_constant(splits):
    train = splits["train"]
    assert [c.name for c in SCHEMA.features if train[c.name].nunique(dropna=False) < 2] == []
