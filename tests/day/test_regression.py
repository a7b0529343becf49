"""What the track of numbers claims: quality on later days, warnings, one-line errors."""

import json

import pytest
from projects import Project
from test_faults import check_one_line, replace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("track", ["tabular-regression"], indirect=True, scope="session"),
]


@pytest.fixture
def project(lived, tmp_path) -> Project:
    """A copy of a trained project of this track, to be changed."""
    return lived.copy(tmp_path)


@pytest.fixture
def run(project):
    """Run a stage of the project."""
    return lambda stage: project.run("python", "-m", f"{project.package}.{stage}", check=False)


def read_metrics(project: Project) -> dict:
    return json.loads((project.root / "reports/metrics.json").read_text("utf-8"))


def test_later_days_are_predicted_better_than_by_the_hour_alone(project):
    scores = read_metrics(project)
    assert scores["model"]["r2"] >= 0.73
    assert scores["model"]["r2"] > scores["baseline"]["r2"]
    assert scores["model"]["mae"] < scores["baseline"]["mae"]


def test_a_second_training_gives_the_same(project, run):
    before = read_metrics(project)
    for stage in ("train", "evaluate"):
        assert run(stage).returncode == 0
    assert read_metrics(project) == before


def test_the_parts_of_the_answer_are_warned_of(project, run):
    assert "warning" not in run("preprocess").stdout
    for comment in (
        "a part of the answer, known only with it: casual + registered = bikers",
        "the other part",
    ):
        replace(project, "data/schema.yaml", f"  role: ignore # {comment}\n", "")
    done = run("preprocess")
    assert done.returncode == 0
    assert "warning: 'casual + registered' orders the rows almost as 'bikers' does" in done.stdout


@pytest.mark.parametrize("kind", ["random", "group"])
def test_other_splits_are_a_word_in_the_parameters(project, run, kind):
    replace(project, "params.yaml", "split: time", f"split: {kind}")
    replace(
        project,
        "data/schema.yaml",
        "role: time",
        f"role: {'group' if kind == 'group' else 'ignore'}",
    )
    assert run("preprocess").returncode == 0
    how = json.loads((project.root / "data/processed/split.json").read_text("utf-8"))
    assert how["kind"] == kind


FAULTS = {
    "no time": ("data/schema.yaml", "role: time", "role: ignore", "no column has 'role: time'"),
    "no group": ("params.yaml", "split: time", "split: group", "no column has 'role: group'"),
    "no such split": (
        "params.yaml",
        "split: time",
        "split: date",
        "preprocess.split: .* not 'date'",
    ),
    "classes of numbers": ("params.yaml", "split: time", "split: stratified", "is a number"),
    "words as target": (
        "data/schema.yaml",
        "  type: integer\n  role: target\n  min: 0\n",
        "  type: category\n  role: target\n  categories: [few, many]\n",
        "rows cannot be used, .* bikers '16' is not one of the categories",
    ),
    "one value": (
        "data/schema.yaml",
        "  type: integer\n  role: target\n  min: 0\n",
        "  type: integer\n  role: target\n  min: 1\n  max: 1\n",
        "rows cannot be used, .* bikers '16' is not from 1 to 1",
    ),
    "column not there": ("data/schema.yaml", "day:\n", "date:\n", "has no column 'date'"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mistake_is_one_line(project, run, fault):
    path, old, new, message = FAULTS[fault]
    replace(project, path, old, new)
    check_one_line(run("preprocess"), message)


@pytest.mark.parametrize(
    ("stage", "old", "new", "message"),
    [
        ("train", "columns: [hr, workingday]", "columns: [hour]", "these are not: hour"),
        ("train", "    group_mean:", "    naive:", "models.py has no function 'naive'"),
        ("train", "folds: 5", "folds: 500", "train.folds is 500, but must be from 2 to 218"),
        ("evaluate", "errors_by: hr", "errors_by: hour", "which is no feature of data/schema.yaml"),
    ],
)
def test_a_mistake_in_the_parameters_is_one_line(project, run, stage, old, new, message):
    replace(project, "params.yaml", old, new)
    check_one_line(run(stage), message)
