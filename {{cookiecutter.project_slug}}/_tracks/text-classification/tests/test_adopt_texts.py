"""Tables of texts as people keep them."""

import numpy as np
import pandas as pd
import pytest
from adopted import make_source
from ruamel.yaml import YAML

from your_package.adopting.asking import Asker
from your_package.adopting.origins import find
from your_package.adopting.track import LEAST, prepare
from your_package.errors import UserError
from your_package.evaluation.quantile import conformal_quantile
from your_package.splits import split


def adopt(path, folder, target=""):
    adoption = prepare(find(str(path), folder), target, Asker(True), folder)
    return adoption, pd.read_csv(adoption.raw), YAML(typ="safe").load(adoption.schema)


def test_text_and_label_are_found(tmp_path):
    adoption, rows, schema = adopt(make_source(tmp_path), tmp_path)
    assert list(rows) == ["Review", "stars"] and "café" in rows["Review"][1]
    assert list(schema["label"]["classes"]) == ["bad", "good"]
    assert "read as cp1252" in adoption.changes[0]


def write(folder, rows):
    path = folder / "some.jsonl"
    pd.DataFrame(rows).to_json(path, orient="records", lines=True)
    return path


def test_twins_gaps_and_rare_classes_are_left_out_and_counted(tmp_path):
    texts = [f"this is the text number {place}" for place in range(100)]
    labels = ["a", "b"] * 45 + ["c"] * 5 + [None] * 5
    more = {"body": [*texts, *texts[:3]], "label": [*labels, *labels[:3]]}
    adoption, rows, _ = adopt(write(tmp_path, more), tmp_path)
    assert len(rows) == 90
    said = " ".join(adoption.changes)
    assert "5 rows without a text" in said and "3 rows that say what" in said
    assert "5 rows of classes with fewer than 20 texts" in said


@pytest.mark.parametrize("rows", [40, LEAST - 1, LEAST])
def test_what_is_adopted_can_be_evaluated(rows, tmp_path):
    texts = [f"this is the text number {place}" for place in range(rows)]
    path = write(tmp_path, {"body": texts, "label": [place % 2 for place in range(rows)]})
    parts = split(pd.DataFrame({"label": pd.Series(range(rows)) % 2}), "label", 0.1, 0.2, 42)
    errors = np.zeros(len(parts["validation"]))
    if rows < LEAST:
        with pytest.raises(UserError, match=f"{rows} texts are too few"):
            adopt(path, tmp_path)
        with pytest.raises(UserError, match="needs more than"):
            conformal_quantile(errors, 0.9)
    else:
        assert len(adopt(path, tmp_path)[1]) == rows and conformal_quantile(errors, 0.9) == 0


@pytest.mark.parametrize(
    ("name", "letters", "length"), [("said", "这部电影很", 20), ("text", "😀😂😡😭🙏", 4)]
)
def test_texts_in_a_script_without_spaces(name, letters, length, tmp_path):
    texts = ["".join(letters[row // 5**at % 5] for at in range(length)) for row in range(120)]
    rows = {"id": [f"a9f3c2e1-{place:027}" for place in range(120)], name: texts}
    _, _, schema = adopt(write(tmp_path, rows | {"label": ["no", "yes"] * 60}), tmp_path)
    assert schema["text"]["column"] == name


def test_words_that_differ_in_capitals_only_tell_one_class(tmp_path):
    texts = [f"this is the text number {place}" for place in range(90)]
    path = write(tmp_path, {"body": texts, "label": ["good", "Good ", "BAD", "bad", "bad"] * 18})
    _, _, schema = adopt(path, tmp_path)
    words = {name: one["words"] for name, one in schema["label"]["classes"].items()}
    assert words == {"bad": ["bad", "BAD"], "good": ["good", "Good"]}


def test_a_table_without_texts_is_refused_with_the_right_command(tmp_path):
    path = write(tmp_path, {"size": range(50), "label": ["a", "b"] * 25})
    with pytest.raises(UserError, match="track=tabular-"):
        adopt(path, tmp_path)


def test_a_number_tells_no_class(tmp_path):
    texts = [f"this is the text number {place}" for place in range(200)]
    path = write(tmp_path, {"body": texts, "price": range(200)})
    with pytest.raises(UserError, match="tells no classes"):
        adopt(path, tmp_path, target="price")
