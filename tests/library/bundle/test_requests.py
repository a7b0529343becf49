"""What a request may hold, and what reaches the graph."""

import base64
import math
import re
from typing import get_args

import numpy as np
import pytest
from library import small_bundles
from ml_portfolio.tables.columns import InputColumn, Number
from ml_portfolio.texts.request import IDS, WORDS
from PIL import Image
from pydantic import TypeAdapter, ValidationError

ROW = small_bundles.rows(5)[4] | {"цвет": "red"}
NAMES = {column.tensor: column.name for column in small_bundles.TABLE.columns}


def encoded(bundle, *requests):
    return bundle.encoder([bundle.encoder.request.model_validate(each) for each in requests])


def cells(feeds):
    return {NAMES[tensor]: array[0].tolist() for tensor, array in feeds.items()}


def refuse(bundle, request):
    with pytest.raises(ValidationError) as refused:
        bundle.encoder.request.model_validate(request)
    (mistake,) = refused.value.errors()
    return mistake


def test_the_table_has_a_column_of_each_type():
    known = {
        word
        for each in get_args(get_args(InputColumn)[0])
        for word in get_args(each.model_fields["type"].annotation)
    }
    assert {column.type for column in small_bundles.TABLE.columns} == known


def test_a_good_row_becomes_arrays_without_a_warning(table):
    feeds, warnings = encoded(table, ROW)
    assert warnings == [[]]
    found = cells(feeds)
    assert found["age, in years"] == [ROW["age, in years"]]
    assert found["цвет"] == ["red"]
    assert found["size: of it"] == [["small", "middling", "large"].index(ROW["size: of it"])]
    assert found["smokes?"] == [float(ROW["smokes?"])]
    assert found["bought on"] == [20152, 3, 5, 2]  # a Wednesday
    assert found["seen <at>"] == [20178, 3, 31, 0, 4.5]  # a Monday
    assert found['what "was" said'] == [0, 1]
    assert {str(array.dtype) for array in feeds.values()} == {"float32", "object"}


def test_missing_values_are_named_in_warnings(table):
    optional = [column.name for column in small_bundles.TABLE.columns if not column.required]
    feeds, (warnings,) = encoded(table, ROW | dict.fromkeys(optional))
    assert warnings == [f"{name} is missing: treated as not known" for name in optional]
    found = cells(feeds)
    assert found["цвет"] == ["-"] and found['what "was" said'] == [0, 0]
    for name in ("age, in years", "size: of it", "smokes?", "bought on"):
        assert all(map(math.isnan, found[name]))
    left_out = {name: value for name, value in ROW.items() if name not in optional}
    assert encoded(table, left_out)[1] == [warnings]


def test_unknown_words_are_named_in_warnings_but_not_in_full(table):
    _, (warnings,) = encoded(table, ROW | {"цвет": "x" * 1000, "size: of it": "huge"})
    assert warnings[0].startswith("цвет 'xxx") and len(warnings[0]) < 120
    assert warnings[1] == "size: of it 'huge' is unknown: not in the training data, so ignored"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("age, in years", -1, "greater than or equal to 0"),
        ("age, in years", 121, "less than or equal to 120"),
        ("age, in years", 30.5, "multiple of 1"),
        ("age, in years", "30", "valid number"),
        ("age, in years", True, "valid number"),
        ("class", None, "valid number"),
        ("class", float("nan"), "less than or equal to"),
        ("class", float("inf"), "less than or equal to"),
        ("class", 1e39, "less than or equal to"),
        ("цвет", 3, "valid string"),
        ("smokes?", "true", "valid boolean"),
        ("smokes?", 1, "valid boolean"),
        ("bought on", "31.03.2025", "a date like 2026-12-31"),
        ("bought on", "2025-02-30", "a date like"),
        ("bought on", 20000, "a date like"),
        ("seen <at>", None, "a date like"),
        ("seen <at>", "0001-01-01T00:00+23:59", "a date like"),
        ('what "was" said', "", "at least 1 character"),
        ('what "was" said', "x" * 2001, "at most 2000 characters"),
        ("surprise", 1, "not permitted"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(table, name, value, message):
    mistake = refuse(table, ROW | {name: value})
    assert mistake["loc"] == (name,) and message in mistake["msg"]


@pytest.mark.parametrize("value", [1e39, -1e39, float("inf"), float("nan")])
def test_a_number_must_fit_into_float32(value):
    about = {"required": True, "description": "", "min": None, "max": None}
    kind = Number(name="x", tensor="c0", type="number", **about).value_type()
    assert TypeAdapter(kind).validate_python(3.4e38) == 3.4e38
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_an_integer_may_have_a_decimal_point(table):
    found = [cells(encoded(table, ROW | {"age, in years": age})[0]) for age in (30, 30.0)]
    assert found[0] == found[1]


def test_a_date_can_be_written_in_several_ways(table):
    ways = ["2025-03-31T15:30:00", "2025-03-31 15:30", "2025-03-31t15:30:00z"]
    ways.append("2025-03-31T17:30:00.5+0200")
    found = [cells(encoded(table, ROW | {"seen <at>": way})[0])["seen <at>"] for way in ways]
    assert found == [[20178, 3, 31, 0, 15.5]] * 4


def test_the_schema_documents_each_type(table):
    schema = table.encoder.request.model_json_schema()
    properties = schema["properties"]
    kinds = {name: about.get("anyOf", [about]) for name, about in properties.items()}
    assert kinds["age, in years"][0] == {"type": "integer", "minimum": 0, "maximum": 120}
    assert {"enum": ["red", "blue"]} in kinds["цвет"] and {"type": "null"} in kinds["цвет"]
    assert {"type": "boolean"} in kinds["smokes?"]
    assert {each.get("format") for each in kinds["bought on"]} == {"date", "date-time", None}
    assert kinds['what "was" said'][0]["maxLength"] == 2000
    assert schema["required"] == ["class", "c0", "seen <at>"]
    assert set(schema["examples"][0]) == set(properties)


def test_drift_is_measured_by_numbers_and_words(table):
    row = table.encoder.request.model_validate(ROW | {"цвет": None})
    features = table.encoder.features(row)
    assert set(features) == set(NAMES.values())
    assert features["цвет"] is None and features["smokes?"] in ("true", "false")
    assert features["bought on"] == 20152 and features['what "was" said'] == 5


def text(**request):
    return encoded(small_bundles.text(), request)


def test_a_text_becomes_token_ids():
    feeds, warnings = text(text=" so GOOD ")
    assert feeds[IDS].tolist() == [[2, 6, 4, 3]] and feeds[WORDS].tolist() == ["2 6 4 3"]
    assert warnings == [[]]


def test_the_rest_of_a_long_text_is_not_read():
    bundle = small_bundles.text()
    feeds, warnings = encoded(bundle, {"text": "good " * 50}, {"text": "good"})
    assert feeds[IDS].shape == (2, 16) and (feeds[IDS][1] != 0).sum() == 3
    assert warnings == [["text is longer than 16 tokens: the rest was not read"], []]


def test_an_unknown_token_is_named():
    _, (warnings,) = text(text="good \U0001f984")
    assert warnings == ["'\U0001f984' is unknown to the tokenizer, so ignored"]


@pytest.mark.parametrize("value", ["", " ", "\n\t  ", "x", "x" * 1001, None, 3, ["good"]])
def test_a_bad_text_is_refused(value):
    assert refuse(small_bundles.text(), {"text": value})["loc"] == ("text",)


@pytest.mark.parametrize("value", ["\u0000\u0001", "\u202e\u200b\u200b", "é" * 1000])
def test_unusual_texts_are_answered(value):
    (answer,) = small_bundles.text().ask([{"text": value}])
    assert sum(answer["probabilities"].values()) == pytest.approx(1, abs=1e-5)


def image(pixels):
    request = {"image": small_bundles.as_base64(Image.fromarray(pixels))}
    return encoded(small_bundles.image(), request)


def test_an_image_reaches_the_graph_in_its_size_and_colours():
    pixels = np.random.default_rng(0).integers(0, 200, (5, 6), np.uint8)
    feeds, warnings = image(pixels)
    assert feeds["pixels"].shape == (1, 5, 6, 1) and feeds["pixels"].dtype == np.uint8
    assert (feeds["pixels"][0, :, :, 0] == pixels).all()
    assert warnings == [[]]


def test_an_image_unlike_those_in_training_is_answered_with_warnings():
    assert image(np.zeros((10, 12), np.uint8))[1] == [
        ["the image was resized from 12 × 10 pixels to 6 × 5"]
    ]
    ((_, squeezed),) = image(np.zeros((9, 20), np.uint8))[1]
    assert "has other proportions" in squeezed
    ((light,),) = image(np.full((5, 6), 255, np.uint8))[1]
    assert light.startswith("the border is lighter (255 of 255) than")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("%%%", "the text is not base64"),
        ("data:image/png;base64,AAAA", "the text is not base64"),
        ("é", "the text is not base64"),
        (base64.b64encode(b"a drawing").decode(), "neither PNG nor JPEG"),
        ("A" * 1_400_000, "at most 1333336 characters"),
        (3, "valid string"),
    ],
)
def test_a_bad_image_is_refused(sent, message):
    mistake = refuse(small_bundles.image(), {"image": sent})
    assert mistake["loc"] == ("image",) and re.search(message, mistake["msg"])
