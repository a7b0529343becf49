"""The columns that are left out of the features would have given the answer away."""

from conftest import ROOT
from ml_portfolio.config.params import load_section
from ml_portfolio.tables.leakage import find_leaks
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.tables.schema import load_schema
from ml_portfolio.tables.validation import validate

from your_package.preprocess import PreprocessParams

PARTS = ("casual", "registered")


def test_the_parts_of_the_answer_are_reported_if_they_are_features():
    schema = load_schema(ROOT / "data/schema.yaml")
    columns = [
        column.model_copy(update={"role": "feature"}) if column.name in PARTS else column
        for column in schema.columns
    ]
    careless = schema.model_copy(update={"columns": tuple(columns)})
    source = load_source(ROOT / "data/source.yaml")
    source = source.model_copy(update={"file": ROOT / source.file})
    rows, _ = validate(read_raw(source, [column.name for column in careless.used]), careless)
    params = load_section("preprocess", PreprocessParams, ROOT / "params.yaml")
    leaks = find_leaks(rows, careless, params.leakage_threshold, params.seed)
    assert {leak["from"] for leak in leaks} == {"registered", "casual + registered"}
    assert find_leaks(rows, schema, params.leakage_threshold, params.seed) == []
