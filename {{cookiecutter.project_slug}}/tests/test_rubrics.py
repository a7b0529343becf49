"""A point is given for what can be shown, and for nothing else."""

from pathlib import Path

import pytest
from ready import edit, git

from your_package.checking import ml_test_score, zoomcamp
from your_package.checking.project import Project
from your_package.checking.rubric import total
from your_package.paths import DIAGNOSIS

CI = Path(".github/workflows/ci.yml")
PIPELINE = "The whole pipeline is tested as one"


def points() -> dict[str, float]:
    project = Project()
    sections = ml_test_score.score(project).values()
    every = [*(point for section in sections for point in section), *zoomcamp.score(project)]
    assert all(bool(point.shown) == (point.points > 0) for point in every)
    assert all(0 <= point.points <= point.most for point in every)
    assert all(point.advice or point.points > 0 for point in every)
    return {point.name: point.points for point in every}


def push():
    git("remote", "add", "origin", "https://example.com/x.git")


def test_what_ci_repeats_counts_whole_once_it_is_pushed(ready):
    assert points()[PIPELINE] == 0.5
    push()
    assert points()[PIPELINE] == 1


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        ("run: uv run pytest\n", "run: true # uv run pytest\n"),
        ("run: uv run pytest\n", "run: uv run pytest -k some\n"),
        ("  push:\n", "  workflow_dispatch:\n"),
    ],
)
def test_a_workflow_that_does_not_run_the_tests_repeats_nothing(ready, pattern, new):
    push()
    edit(CI, pattern, new)
    edit(CI, "  pull_request:\n", "", at_least=0)
    assert points()[PIPELINE] == 0.5


def test_a_test_that_is_gone_or_cannot_fail_proves_nothing(ready):
    path = Path("tests/test_pipeline.py")
    text = path.read_text(encoding="utf-8")
    start = text.index("def test_the_stages_hand_on_what_they_say")
    end = text.index("\n\n\n", start)
    empty = f"{text[:start]}def test_the_stages_hand_on_what_they_say():\n    pass{text[end:]}"
    path.write_text(empty, encoding="utf-8")
    assert points()[PIPELINE] == 0
    path.unlink()
    assert points()[PIPELINE] == points()["An integration test"] == 0


def test_a_gate_that_does_not_hold_earns_nothing(ready):
    name = "Quality is sufficient on every slice that matters"
    assert points()[name] == 0.5
    push()
    assert points()[name] == 1
    edit(DIAGNOSIS, '"overall": [^,]*', '"overall": 1e9')
    edit(DIAGNOSIS, '"slices": .*?]', '"slices": []')
    assert points()[name] == 0


def test_a_section_counts_if_something_stands_in_it(ready):
    name = "The quality of answers in use is known"
    assert points()[name] == 0
    edit(Path("README.md"), r"\Z", "\n## Feedback\n\n<!-- Yours to write: what came true? -->\n")
    assert points()[name] == 0
    edit(Path("README.md"), r"\Z", f"\n{'We asked everybody what came true. ' * 3}\n")
    assert points()[name] == 0.5


def test_a_cloud_is_shown_by_its_settings(ready):
    assert points()["It runs in a cloud"] == 0
    Path("fly.toml").touch()  # an empty file shows nothing
    assert points()["It runs in a cloud"] == 0
    Path("fly.toml").write_text('app = "x"\n', encoding="utf-8")
    assert points()["It runs in a cloud"] == 2
    Path("main.tf").write_text("# here\n", encoding="utf-8")
    assert points()["It runs in a cloud"] == 4


def test_the_checks_own_words_prove_nothing(ready):
    """They name what they look for."""
    assert points()["Experiments are tracked, models registered"] == 2


def test_where_nothing_is_there_is_no_point(ready):
    gone = ready.with_name("gone")
    gone.mkdir()
    for path in list(ready.iterdir()):
        if path.name != "params.yaml":
            path.rename(gone / path.name)
    assert sum(points().values()) == 0
    assert ml_test_score.final(ml_test_score.score(Project())) == 0


def test_the_score_is_that_of_the_weakest_section(ready):
    sections = ml_test_score.score(Project())
    assert ml_test_score.final(sections) == min(map(total, sections.values()))
    assert ml_test_score.meaning(0) != ml_test_score.meaning(0.5) == ml_test_score.meaning(1)
    assert ml_test_score.meaning(7)
