"""Tables of texts as people keep them."""

import pandas as pd
import pytest
from library.adopt.samples import adopt_texts, write_texts
from ml_portfolio.config.errors import UserError

MIN_TEXTS = 82  # fewer leave less than 9 for validation, a share of 0.1


def write(folder, rows):
    path = folder / "some.jsonl"
    pd.DataFrame(rows).to_json(path, orient="records", lines=True)
    return path


def test_text_and_label_are_found(tmp_path):
    found = adopt_texts(write_texts(tmp_path))
    assert list(found.rows) == ["Review", "stars"] and "café" in found.rows["Review"][1]
    assert list(found.entries["label"]["classes"]) == ["bad", "good"]
    assert "read as cp1252" in found.changes[0]


def test_duplicates_gaps_and_rare_classes_are_left_out_and_counted(tmp_path):
    texts = [f"this is the text number {place}" for place in range(100)]
    labels = ["a", "b"] * 45 + ["c"] * 5 + [None] * 5
    more = {"body": [*texts, *texts[:3]], "label": [*labels, *labels[:3]]}
    found = adopt_texts(write(tmp_path, more))
    assert len(found.rows) == 90
    changes = " ".join(found.changes)
    assert "5 rows without 'label'" in changes and "3 rows that repeat an earlier" in changes
    assert "5 rows of classes too rare to learn left out: 'c' (5)" in changes


@pytest.mark.parametrize("rows", [40, MIN_TEXTS - 1, MIN_TEXTS])
def test_what_is_adopted_can_be_evaluated(rows, tmp_path):
    texts = [f"this is the text number {place}" for place in range(rows)]
    path = write(tmp_path, {"body": texts, "label": [place % 2 for place in range(rows)]})
    if rows < MIN_TEXTS:
        with pytest.raises(
            UserError, match="evaluate.confidence 0.9 needs more than the [48] rows"
        ):
            adopt_texts(path)
    else:
        assert len(adopt_texts(path).rows) == rows


@pytest.mark.parametrize(
    ("name", "letters", "length"), [("opinion", "这部电影很", 20), ("text", "😀😂😡😭🙏", 4)]
)
def test_texts_in_a_script_without_spaces(name, letters, length, tmp_path):
    texts = ["".join(letters[row // 5**at % 5] for at in range(length)) for row in range(120)]
    rows = {"id": [f"a9f3c2e1-{place:027}" for place in range(120)], name: texts}
    found = adopt_texts(write(tmp_path, rows | {"label": ["no", "yes"] * 60}))
    assert found.entries["text"]["column"] == name


def test_words_that_differ_only_in_capitals_are_one_class(tmp_path):
    texts = [f"this is the text number {place}" for place in range(90)]
    path = write(tmp_path, {"body": texts, "label": ["good", "Good ", "BAD", "bad", "bad"] * 18})
    found = adopt_texts(path)
    assert found.entries["label"]["classes"] == {
        "bad": {"words": ["bad"]},
        "good": {"words": ["good"]},
    }
    assert set(found.rows["label"]) == {"bad", "good"}


def test_a_table_without_texts_is_refused_with_the_right_command(tmp_path):
    path = write(tmp_path, {"size": range(50), "label": ["a", "b"] * 25})
    with pytest.raises(UserError, match="track=tabular-"):
        adopt_texts(path)


def test_a_number_is_no_class(tmp_path):
    texts = [f"this is the text number {place}" for place in range(200)]
    path = write(tmp_path, {"body": texts, "price": range(200)})
    with pytest.raises(UserError, match="does not hold classes"):
        adopt_texts(path, target="price")
