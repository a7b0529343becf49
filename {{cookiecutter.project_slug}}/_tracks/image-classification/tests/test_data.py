"""The pictures in this repository are those that schema.yaml and source.yaml describe."""

import pytest
from conftest import ROOT

from your_package.raw import load_source, read_raw
from your_package.schema import load_schema
from your_package.validation import validate


@pytest.fixture(scope="module")
def parts():
    source, schema = load_source(ROOT / "data/source.yaml"), load_schema(ROOT / "data/schema.yaml")
    return validate(
        read_raw(source.model_copy(update={"file": ROOT / source.file}), schema), schema
    )


def test_few_pictures_are_rejected(parts):
    good, rejected = parts
    assert len(rejected) <= 0.05 * len(good)


def test_every_class_is_there(parts):
    good, _ = parts
    assert set(good["label"]) == set(load_schema(ROOT / "data/schema.yaml").classes)


def test_no_picture_is_there_twice(parts):
    good, _ = parts
    assert not good["pixels"].duplicated().any()
