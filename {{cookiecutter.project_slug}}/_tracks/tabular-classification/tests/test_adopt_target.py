"""Targets as people write them: each becomes classes, or is refused in a line that says why."""

import pandas as pd
import pytest
from adopted import adopt_file, as_csv, entry
from conftest import ROOT

from your_package.adopting.aim import fit
from your_package.adopting.asking import Asker
from your_package.adopting.guess import guess
from your_package.adopting.tally import Tally
from your_package.errors import UserError

ROWS = 300


@pytest.fixture(autouse=True)
def in_project(monkeypatch):
    monkeypatch.chdir(ROOT)


def adopt(path, answers):
    columns = {"length": [str(place * 13 % 89) for place in range(ROWS)], "answer": answers}
    path.write_text(as_csv(columns), encoding="utf-8")
    return adopt_file(path)


def test_a_class_of_three_rows_is_left_out_and_counted(tmp_path, capsys):
    found = adopt(tmp_path / "a.csv", ["a", "b", "c"] * 99 + ["rare"] * 3)
    assert entry(found, "answer")["categories"] == ["a", "b", "c"]
    assert len(found.rows) == ROWS - 3
    assert "3 rows of classes too rare to learn left out." in found.changes
    assert "fewer than 10 rows: 'rare' (3)" in capsys.readouterr().out


@pytest.mark.parametrize(("classes", "changed"), [("ab", 0), ("abc", 1)])
def test_with_more_than_two_classes_the_solver_is_another(tmp_path, classes, changed):
    found = adopt(tmp_path / "a.csv", list(classes) * (ROWS // len(classes)))
    linear = [each for each in found.settings if each.path.endswith("logistic_regression")]
    assert len(linear) == changed and all(each.value["solver"] == "lbfgs" for each in linear)


def test_one_class_and_a_rare_one_are_too_few(tmp_path):
    with pytest.raises(UserError, match="fewer than two classes with 10 rows or more"):
        adopt(tmp_path / "a.csv", ["a"] * 297 + ["rare"] * 3)


@pytest.mark.parametrize(
    ("written", "classes"),
    [
        (["yes", "no", "no"], ["no", "yes"]),
        (["0", "1", "1"], ["0", "1"]),
        (["1.0", "2.0", "10.0"], ["1", "2", "10"]),
        (["Yes", "no", "yes", "yes", "NO", "no"], ["no", "yes"]),
        (["нет", "да", "нет"], ["нет", "да"]),
        (["often", "rare", "often"], ["often", "rare"]),
    ],
)
def test_classes_in_any_writing(written, classes, tmp_path):
    found = adopt(tmp_path / "a.csv", written * (ROWS // len(written)))
    assert entry(found, "answer")["categories"] == classes
    assert set(found.rows["answer"]) == set(classes)


def test_yes_true_and_1_in_one_target_are_true_and_false(tmp_path):
    found = adopt(tmp_path / "a.csv", ["yes", "0", "TRUE", "no", "1", "n"] * 50)
    assert entry(found, "answer") == {"type": "boolean", "role": "target", "description": ""}
    assert found.rows["answer"].tolist()[:4] == ["true", "false", "true", "false"]


def test_what_becomes_of_a_rare_class_can_be_said():
    class Says(Asker):
        def choose(self, question, answers, suggested):
            return "stop"

    tally = Tally("answer")
    tally.add(pd.Series(["a", "b"] * 50 + ["rare"] * 3))
    with pytest.raises(UserError, match="nothing was changed"):
        fit(guess(tally), Says(False))
