"""What a request may hold, made from whatever the schema says."""

import pytest
from pydantic import ValidationError

from your_package.serving import inputs
from your_package.serving.columns import Category, InputSpec, Number

ANY = {"required": False, "description": "", "min": None, "max": None}
AGE = {"required": True, "description": "", "min": 0, "max": 120}
SPEC = InputSpec(
    columns=[
        Number(name="age in years", tensor="c0", type="integer", **AGE),
        Number(name="class", tensor="c1", type="number", **ANY),
        Category(
            name="цвет",
            tensor="c2",
            type="category",
            required=False,
            description="",
            categories=["red"],
            missing="missing",
        ),
    ]
)
GOOD = {"age in years": 30, "class": 1.5, "цвет": "red"}
Row = inputs.request_model(SPEC, {}, GOOD)
ENCODE = inputs.Encoder(SPEC, {})


def test_a_good_row_becomes_arrays_without_a_warning():
    feeds, warnings = ENCODE([Row.model_validate(GOOD)])
    assert {name: array.tolist() for name, array in feeds.items()} == {
        "c0": [[30.0]],
        "c1": [[1.5]],
        "c2": [["red"]],
    }
    assert warnings == [[]]


def test_missing_and_unknown_values_are_named_in_warnings():
    row = Row.model_validate({"age in years": 30, "цвет": "blue"})
    feeds, warnings = ENCODE([row])
    assert feeds["c1"][0, 0] != feeds["c1"][0, 0]  # NaN
    assert [warning.split(":")[0] for warning in warnings[0]] == [
        "class is missing",
        "цвет 'blue' is unknown",
    ]
    feeds, _ = ENCODE([Row.model_validate({"age in years": 30})])
    assert feeds["c2"].tolist() == [["missing"]]


@pytest.mark.parametrize(
    "change",
    [
        {"age in years": None},
        {"age in years": -1},
        {"age in years": 121},
        {"age in years": 30.5},
        {"age in years": "30"},
        {"age in years": True},
        {"class": "1"},
        {"class": float("nan")},
        {"class": float("inf")},
        {"class": 1e39},
        {"цвет": 3},
        {"surprise": 1},
    ],
)
def test_what_breaks_the_schema_is_refused(change):
    with pytest.raises(ValidationError):
        Row.model_validate(GOOD | change)


def test_a_long_word_is_not_sent_back_whole():
    row = Row.model_validate(GOOD | {"цвет": "x" * 1000})
    assert len(ENCODE([row])[1][0][0]) < 100


def test_the_documentation_names_categories_and_ranges():
    properties = Row.model_json_schema()["properties"]
    assert properties["age in years"]["maximum"] == 120
    assert {"enum": ["red"]} in properties["цвет"]["anyOf"]
    assert {"type": "null"} in properties["цвет"]["anyOf"]


def test_a_whole_number_may_have_a_point():
    assert Row.model_validate(GOOD | {"age in years": 30.0}) == Row.model_validate(GOOD)
    said = Row.model_json_schema()["properties"]
    assert said["age in years"]["type"] == "integer" and "multipleOf" not in said["age in years"]
    assert said["class"]["anyOf"][0]["type"] == "number"
