"""Valid texts are kept with their class; others are rejected with the reason."""

import pandas as pd
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.texts.profile import profile
from ml_portfolio.texts.schema import Schema, load_schema
from ml_portfolio.texts.validation import LABEL, TEXT, validate
from tokenizers import Tokenizer, models, pre_tokenizers

TEXTS = {"column": "text", "min_characters": 2, "max_characters": 20, "description": ""}
BY_NUMBER = {"negative": {"below": -0.5}, "positive": {"above": 0.5}}
BY_WORD = {"negative": {"words": ["neg", "bad"]}, "positive": {"words": ["pos"]}}


def schema(classes):
    label = {"name": "sentiment", "column": "rating", "classes": classes}
    return Schema.model_validate({"text": TEXTS, "label": label})


def validated(rows, classes=BY_NUMBER):
    raw = pd.DataFrame(rows, columns=["text", "rating"], dtype="str")
    raw.index = pd.RangeIndex(2, len(raw) + 2, name="line")
    return validate(raw, schema(classes))


@pytest.mark.parametrize(
    ("text", "rating", "reason"),
    [
        ("fine", "1.5", None),
        (None, "1.5", "text is missing"),
        ("  ", "1.5", "text is missing"),
        ("x", "1.5", "text is shorter than 2 characters"),
        ("x" * 21, "1.5", "text is longer than 20 characters"),
        ("fine", None, "rating is missing"),
        ("fine", "good", "rating 'good' is not a number"),
        ("x", "inf", "text is shorter than 2 characters; rating 'inf' is not a number"),
    ],
)
def test_a_row_is_good_or_rejected_with_the_reason(text, rating, reason):
    good, rejected, _ = validated([("other", "-2"), (text, rating)])
    assert rejected["reason"].tolist() == ([reason] if reason else [])
    assert len(good) + len(rejected) == 2


def test_what_lies_between_the_classes_is_left_out_and_counted():
    good, rejected, left_out = validated([("a b", "0.6"), ("c d", "0.5"), ("e f", "-0.6")])
    assert good[LABEL].tolist() == ["positive", "negative"]
    assert good[TEXT].tolist() == ["a b", "e f"]
    assert rejected.empty and left_out == 1


def test_a_class_can_be_defined_by_words():
    good, rejected, left_out = validated([("a b", "bad"), ("c d", "pos"), ("e f", "meh")], BY_WORD)
    assert good[LABEL].tolist() == ["negative", "positive"] and left_out == 0
    assert rejected["reason"].tolist() == ["rating 'meh' belongs to no class"]


def test_a_text_that_repeats_an_earlier_one_is_rejected():
    texts = ["So sad :(", "so SAD!!! :(", "So sad :)", "so sad"]
    good, rejected, _ = validated([(text, "-2") for text in texts])
    assert rejected["reason"].to_dict() == {3: "repeats the text of line 2"}
    assert len(good) == 3


def test_a_rejected_row_hides_no_later_one():
    good, _, _ = validated([("hello", "none"), ("Hello", "2")])
    assert good[TEXT].tolist() == ["Hello"]


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        ("{a: {below: 1}, b: {above: 0}}", "a number could be of both classes"),
        ("{a: {below: 1}, b: {below: 0}}", "one 'below', one 'above'"),
        ("{a: {words: [x]}, b: {above: 0}}", "by numbers or by words, not by both"),
        ("{a: {}, b: {above: 0}}", "write one of"),
        ("{a: {belw: 1}, b: {above: 0}}", "unknown key '.*belw'"),
    ],
)
def test_a_mistake_in_the_schema_is_named(tmp_path, classes, message):
    path = tmp_path / "schema.yaml"
    text = "text: {column: t, min_characters: 1, max_characters: 9, description: d}\n"
    label = "label: {name: s, column: l, classes: CLASSES}\n".replace("CLASSES", classes)
    path.write_text(text + label, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_schema(path)


def test_a_profile_counts_tokens_and_those_unknown():
    words = {"[UNK]": 0, "so": 1, "sad": 2}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    rows = pd.DataFrame({TEXT: ["so sad", "so so sad sad", "glad"], LABEL: ["bad", "bad", "good"]})
    summary = profile(rows, tokenizer)
    assert summary["rows"] == 3 and summary["duplicates"] == 0
    assert summary["unknown_share"] == round(1 / 7, 6)
    assert summary["columns"]["tokens"]["mean"] == pytest.approx(7 / 3)
    assert summary["columns"]["characters"]["quantiles"][::10] == [4, 13]
    assert summary["columns"][LABEL]["counts"] == {"bad": 2, "good": 1}
