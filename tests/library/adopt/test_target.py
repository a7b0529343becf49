"""Targets as people write them: each becomes classes or a number, or is refused with the reason."""

import pytest
from library.adopt.samples import adopt_columns, adopt_table, as_csv
from ml_portfolio.config.errors import UserError

ROWS = 300


def adopt(path, answers):
    columns = {"length": [str(place * 13 % 89) for place in range(ROWS)], "answer": answers}
    path.write_text(as_csv(columns), encoding="utf-8")
    return adopt_table(path)


def test_a_class_of_three_rows_is_left_out_and_counted(tmp_path, capsys):
    found = adopt(tmp_path / "a.csv", ["a", "b", "c"] * 99 + ["rare"] * 3)
    assert found.entries["answer"]["categories"] == ["a", "b", "c"]
    assert len(found.rows) == ROWS - 3
    assert "3 rows of classes too rare to learn left out: 'rare' (3)." in found.changes
    assert "'rare' (3)" in capsys.readouterr().out


@pytest.mark.parametrize(("classes", "changed"), [("ab", 0), ("abc", 1)])
def test_with_more_than_two_classes_the_solver_is_another(tmp_path, classes, changed):
    found = adopt(tmp_path / "a.csv", list(classes) * (ROWS // len(classes)))
    linear = found.settings.get("train.candidates.logistic_regression", {})
    assert linear.get("solver") == (None, "lbfgs")[changed]


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
    assert found.entries["answer"]["categories"] == classes
    assert set(found.rows["answer"]) == set(classes)


def test_yes_true_and_1_in_one_target_are_true_and_false(tmp_path):
    found = adopt(tmp_path / "a.csv", ["yes", "0", "TRUE", "no", "1", "n"] * 50)
    assert found.entries["answer"] == {"type": "boolean", "role": "target", "description": ""}
    assert found.rows["answer"].tolist()[:4] == ["true", "false", "true", "false"]


def test_a_number_sets_the_baseline_and_the_gates():
    hours = [str(place % 24) for place in range(300)]
    found = adopt_columns(task="regression", hour=hours)
    assert found.settings["train.candidates.group_mean"] == {"columns": ["hour"]}
    assert found.settings["evaluate.errors_by"] == "hour"
    assert 0 < found.settings["quality.min_gain"] < found.settings["quality.max_slice_gap"]
    assert found.entries["answer"]["unit"] == "" and "predict the number `answer`" in found.problem


def test_without_groups_the_baseline_is_the_mean_of_all_rows():
    found = adopt_columns(task="regression")
    assert found.settings["train.candidates.group_mean"] == {"columns": []}
    assert "train.candidates.mean" in found.settings  # it is removed, since it is the same


def test_the_slices_are_few_columns_and_the_classes():
    groups = {name: ["a", "b", "c", "c"] * 75 for name in ("one", "two", "three", "four", "sex")}
    slices = adopt_columns(**groups).settings["evaluate.slices"]
    assert slices == ["one", "two", "three", "four", "answer"]


@pytest.mark.parametrize("values", [["7"] * 300, [f"word {place}" for place in range(300)]])
def test_a_target_that_is_no_class_is_refused(values, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(as_csv({"size": [str(n % 90) for n in range(300)], "y": values}))
    with pytest.raises(UserError, match="name another column|fewer than two classes"):
        adopt_table(path, "y")
