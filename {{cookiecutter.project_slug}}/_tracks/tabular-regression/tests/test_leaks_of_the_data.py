"""The columns that are left out of the features would have given the answer away."""

import pytest
from conftest import ROOT

from your_package.leakage import find_leaks
from your_package.params import load
from your_package.preprocess import PreprocessParams
from your_package.raw import load_source, read_raw
from your_package.schema import load_schema
from your_package.validation import validate

PARTS = ("casual", "registered")


@pytest.fixture(params=["as the schema has them", "as features"])
def schema(request):
    schema = load_schema(ROOT / "data/schema.yaml")
    if request.param == "as features":
        columns = [
            column.model_copy(update={"role": "feature"}) if column.name in PARTS else column
            for column in schema.columns
        ]
        schema = schema.model_copy(update={"columns": tuple(columns)})
    return schema


def test_the_parts_of_the_answer_are_named_if_they_are_features(schema):
    source = load_source(ROOT / "data/source.yaml")
    raw = read_raw(source.model_copy(update={"file": ROOT / source.file}), schema)
    rows, _ = validate(raw, schema)
    params = load("preprocess", PreprocessParams, ROOT / "params.yaml")
    leaks = find_leaks(rows, schema, params.leakage_threshold, params.seed)
    features = {column.name for column in schema.features}
    wanted = {"registered", "casual + registered"} if features >= set(PARTS) else set()
    assert {leak["from"] for leak in leaks} == wanted
