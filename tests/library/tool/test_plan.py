"""The evaluation plan: it states what is set, and git shows whether it came first."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from library.tool.ready_project import commit, edit, found, git, write_results
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Project, read_yaml
from ml_portfolio.config.paths import METRICS, PLAN, SCHEMA, SOURCE
from ml_portfolio.tool import plan
from ml_portfolio.tool.check.owner import QUESTION
from projects import SOURCE as TEMPLATE
from projects import TRACKS

PARAMS = Path("params.yaml")


@pytest.mark.parametrize("track", TRACKS)
def test_the_plan_of_each_track_states_what_the_track_sets(track):
    """Its layer inserts the facts, so that the first commit has them."""
    folder = TEMPLATE / "_tracks" / track
    inserted = json.loads((folder / "layer.json").read_text(encoding="utf-8"))["insert"]
    with contextlib.chdir(folder):
        facts = plan.read_facts()
        params = read_yaml(PARAMS)
    assert {name: "\n".join(inserted[f"plan_{name}"]) for name in facts} == facts
    assert f"`{params['train']['metric']}`" in facts["metric"]
    assert all(f"`{name}`" in facts["baseline"] for name in params["train"]["candidates"])
    assert f"by at least {params['quality']['min_gain']:g}:" in facts["gain"]
    assert "quality.max_slice_gap" in facts["gates"]


def test_the_template_s_plan_has_a_block_for_each_fact_and_six_questions(ready):
    text = (TEMPLATE / PLAN).read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- facts: (\w+) -->\n<!-- insert: plan_(\w+) -->\n<!-- end", text)
    assert [name for name, _ in blocks] == [name for _, name in blocks] == list(plan.read_facts())
    assert len(QUESTION.findall(text)) == 6


def test_the_facts_follow_the_settings_and_the_answers_stay(ready, capsys):
    edit(PARAMS, "min_gain: [0-9.]+", "min_gain: 0.0625")
    edit(PARAMS, "test_share: [0-9.]+", "test_share: 0.37")
    assert found()["plan-facts"].status == "todo"
    plan.run()
    text = PLAN.read_text(encoding="utf-8")
    assert "at least 0.0625" in text and "37 %" in text
    assert text.count("My answer.") == 6
    assert found()["plan-facts"].status == "ok"
    plan.run()
    assert "matches params.yaml already" in capsys.readouterr().out
    assert PLAN.read_text(encoding="utf-8") == text


def test_a_gate_that_is_switched_off_is_not_promised(ready):
    edit(PARAMS, "max_drift: [^ ]+", "max_drift: null")
    assert "max_drift" not in plan.read_facts()["gates"]
    assert found()["max_drift"].status == "note"


@pytest.mark.parametrize(
    ("split", "words"),
    [
        ("random", "drawn at random."),
        ("stratified", "each class of `place`"),
        ("group", "one `place` in the same part"),
        ("time", "the newest by `place`"),
    ],
)
def test_each_split_of_a_table_is_described(split, words):
    settings = plan.Split(validation_share=0.1, test_share=0.25, split=split)
    project = Project(input="table", task="classification")
    text = plan.describe_split(project, settings, "place")
    assert text.startswith("25 % of the rows for testing and 10 % for validation") and words in text


def test_a_metric_of_many_classes_is_described_without_a_positive_one():
    choice = plan.Choice(folds=3, metric="f1", standard_errors=0, baseline="b", candidates={})
    many = plan.describe_metric(choice, plan.Target("kind", ("a", "b", "c")))
    assert "averaged over the classes" in many and "The best candidate is chosen" in many
    assert "`yes`" in plan.describe_metric(choice, plan.Target("kind", ("no", "yes")))
    with pytest.raises(UserError, match="choose one of accuracy"):
        plan.describe_metric(choice.model_copy(update={"metric": "x"}), plan.Target("kind"))


def test_a_split_whose_column_is_missing_is_refused(ready):
    edit(PARAMS, "split: stratified", "split: group")
    assert "no column of data/schema.yaml has 'role: group'" in found()["plan-facts"].message
    edit(SCHEMA, "(?m)^age:\n", "age:\n  role: group\n")
    assert "one `age`" in plan.read_facts()["split"]


def test_a_plan_before_the_first_result_is_recognized(ready):
    assert found()["plan-first"].status == "ok"


def start_again(*messages):
    """Replace the history by one of today's files: the reports come with the last commit."""
    git("checkout", "--quiet", "--orphan", "again")
    git("rm", "-r", "--force", "--quiet", "--cached", ".")
    if len(messages) > 1:
        git("add", "--all", "--", ".", ":!reports/*.json")
        git("commit", "--quiet", "--message", messages[0])
    return commit(messages[-1])


def test_a_plan_that_came_with_the_result_is_late(ready):
    late = start_again("All at once")
    assert found()["plan-first"].status == "note"
    assert late in found()["plan-first"].message and "not there" in found()["plan-first"].message


def test_a_plan_that_was_answered_after_the_result_is_late(ready):
    edit(PLAN, "My answer.", "<!-- Yours to write: why? -->")
    start_again("Plan", "Result")
    edit(PLAN, "<!-- Yours to write: why. -->", "My late answer.")
    commit("Answered")
    assert found()["plan-first"].status == "note"
    assert "its questions were open" in found()["plan-first"].message


@pytest.mark.parametrize(
    ("pattern", "new"),
    [("My answer.", "I meant something else."), ("at least 0.2", "at least 0.1")],
)
def test_a_plan_that_was_changed_after_the_result_is_not_the_one_made_before(ready, pattern, new):
    edit(PLAN, pattern, new)
    assert "not committed yet" in found()["plan-first"].message
    changed = commit("Better so")
    assert found()["plan-first"].status == "note"
    assert changed in found()["plan-first"].message


def test_an_account_of_changes_is_no_change(ready):
    edit(PLAN, r"\Z", "\nNothing yet.\n")
    commit("Account")
    assert found()["plan-first"].status == "ok"


def test_a_missing_plan_is_missed(ready):
    PLAN.unlink()
    assert found()["plan-first"].status == "todo"
    with pytest.raises(UserError, match="restore it with git"):
        plan.run()


def test_new_data_need_a_new_first_result(ready):
    edit(SOURCE, "sha256: .*", f"sha256: {'1' * 64}")
    commit("New data")
    assert found()["plan-first"].status == "unknown"
    write_results(accuracy=0.95)
    new = commit("New result")
    assert found()["plan-first"].status == "ok" and new in found()["plan-first"].message


def test_results_that_are_not_committed_show_no_order(ready):
    git("rm", "--quiet", "--cached", METRICS.as_posix())
    start_again("No results")
    git("rm", "--quiet", "--cached", METRICS.as_posix())
    git("commit", "--quiet", "--amend", "--message", "No results")
    assert found()["plan-first"].status == "unknown"
