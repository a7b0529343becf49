"""The images in this repository are those that schema.yaml and source.yaml describe."""

import pytest
from conftest import ROOT
from ml_portfolio.config.params import load_section
from ml_portfolio.images.raw import load_source, read_raw
from ml_portfolio.images.schema import load_schema
from ml_portfolio.images.validation import validate

from your_package.preprocess import PreprocessParams, decode_own, split_images


@pytest.fixture(scope="module")
def schema():
    return load_schema(ROOT / "data/schema.yaml")


@pytest.fixture(scope="module")
def images(schema):
    source = load_source(ROOT / "data/source.yaml")
    source = source.model_copy(update={"file": ROOT / source.file})
    return validate(read_raw(source, schema, decode_own), schema)


def test_few_images_are_rejected(images):
    good, rejected = images
    assert len(rejected) <= 0.05 * len(good)


def test_every_class_is_there(images, schema):
    good, _ = images
    assert set(good["label"]) == set(schema.classes)


def test_no_image_is_in_two_splits(images):
    good, _ = images
    params = load_section("preprocess", PreprocessParams, ROOT / "params.yaml")
    pixels = [set(part["pixels"]) for part in split_images(good, params).values()]
    assert sum(map(len, pixels)) == len(set.union(*pixels)) == len(good)
