"""The data in this repository are those that schema.yaml and source.yaml describe."""

import pytest
from conftest import ROOT

from your_package.raw import load_source, read_raw
from your_package.schema import load_schema
from your_package.target import check_target
from your_package.validation import validate


@pytest.fixture(scope="module")
def rows():
    source, schema = load_source(ROOT / "data/source.yaml"), load_schema(ROOT / "data/schema.yaml")
    raw = read_raw(source.model_copy(update={"file": ROOT / source.file}), schema)
    good, rejected = validate(raw, schema)
    assert len(rejected) <= 0.05 * len(raw)
    return good


def test_the_target_can_be_learnt(rows):
    target = load_schema(ROOT / "data/schema.yaml").target
    check_target(rows[target.name], target)


def test_no_feature_is_constant(rows):
    features = load_schema(ROOT / "data/schema.yaml").features
    assert [column.name for column in features if rows[column.name].nunique() < 2] == []
