"""The evaluation plan: its facts are those of params.yaml, and git tells when it was made."""

import json
from pathlib import Path

from conftest import ROOT
from ready import commit, edit, found, git, settings, tell, write_results

from your_package.checking import plan
from your_package.checking.project import PLAN, SOURCE
from your_package.paths import METRICS

PARAMS = Path("params.yaml")


def test_the_plan_says_what_is_set(monkeypatch):
    """Where it does not: uv run … plan"""
    monkeypatch.chdir(ROOT)
    assert not plan.is_stale()


def test_the_facts_follow_the_settings_and_the_answers_stay(ready):
    edit(PARAMS, "min_gain: [0-9.]+", "min_gain: 0.0625")
    edit(PARAMS, "test_share: [0-9.]+", "test_share: 0.37")
    assert plan.is_stale()
    plan.refill()
    text = PLAN.read_text(encoding="utf-8")
    assert "At least 0.0625 of" in text and "37 %" in text
    assert text.count("My answer.") == 6
    assert not plan.is_stale()


def test_the_facts_name_what_matters(ready):
    facts, train = plan.facts(), settings("params.yaml")["train"]
    assert f"`{train['metric']}`" in facts["metric"]
    assert all(f"`{name}`" in facts["baseline"] for name in train["candidates"])
    assert "quality.max_slice_gap" in facts["gates"]


def test_a_gate_that_is_switched_off_is_not_promised(ready):
    edit(PARAMS, "max_drift: [^ ]+", "max_drift: null")
    assert "max_drift" not in plan.facts()["gates"]
    assert found()["max_drift"].status == "note"


def test_a_plan_before_the_first_result_is_seen(ready):
    assert found()["plan-first"].status == "holds"
    assert found()["plan-kept"].status == found()["test-set"].status == "holds"


def start_again(*messages):
    """Make the history anew, of today's files: all but reports first, if there are two commits."""
    git("checkout", "--quiet", "--orphan", "again")
    git("rm", "-r", "--force", "--quiet", "--cached", ".")
    if len(messages) > 1:
        git("add", "--all", "--", ".", ":!reports")
        git("commit", "--quiet", "--message", messages[0])
    return commit(messages[-1])


def test_a_plan_that_came_with_the_result_is_late_until_that_is_told(ready):
    late = start_again("All at once")
    assert found()["plan-first"].status == "mend"
    assert late in found()["plan-first"].said and "not there" in found()["plan-first"].said
    tell(f"{late}: I wrote the plan after the first result.")
    assert found()["plan-first"].status == "note"


def test_a_plan_with_open_questions_is_none(ready):
    edit(PLAN, "My answer.", "<!-- Yours to write: why? -->")
    start_again("Plan", "Result")
    edit(PLAN, "<!-- Yours to write: why. -->", "My late answer.")
    commit("Answered")
    assert found()["plan-first"].status == "mend"
    assert "its questions were open" in found()["plan-first"].said


def test_a_plan_that_was_changed_after_the_result_must_tell_it(ready):
    edit(PLAN, "My answer.", "I meant something else.")
    changed = commit("Better so")
    assert found()["plan-kept"].status == "mend"
    assert changed in found()["plan-kept"].said
    tell(f"{changed}: the question was not clear.")
    assert found()["plan-kept"].status == "note"
    assert "1 to" not in found()["plan-kept"].said


def test_the_day_of_a_change_may_be_told_in_place_of_its_commit(ready):
    edit(PLAN, "My answer.", "I meant something else.")
    commit("Better so")
    tell(f"{git('log', '-1', '--format=%as')}: the question was not clear.")
    assert found()["plan-kept"].status == "note"


def test_the_account_of_changes_is_no_change(ready):
    tell("Nothing yet.")
    assert found()["plan-kept"].status == "holds"


def test_a_plan_that_is_gone_is_missed(ready):
    PLAN.unlink()
    assert found()["plan-first"].status == "mend"


def test_a_second_model_on_the_same_test_set_must_be_told(ready):
    write_results(**{settings("params.yaml")["train"]["metric"]: 0.95})
    again = commit("A better model")
    assert found()["test-set"].status == "mend"
    assert again in found()["test-set"].said
    tell(f"{again}: a fault in the features was mended.")
    assert found()["test-set"].status == "note"


def test_the_same_figures_in_another_layout_are_no_second_look(ready):
    metrics = json.loads(METRICS.read_text(encoding="utf-8"))
    METRICS.write_text(json.dumps({**metrics, "more": 1}, indent=4), encoding="utf-8")
    commit("Another layout")
    assert found()["test-set"].status == "holds"


def test_new_data_are_a_new_test_set(ready):
    edit(SOURCE, "sha256: .*", f"sha256: {'1' * 64}")
    write_results(**{settings("params.yaml")["train"]["metric"]: 0.95})
    new = commit("New data")
    assert found()["test-set"].status == "holds"
    assert new in found()["plan-first"].said
    assert found()["plan-first"].status == "holds"


def test_another_seed_is_no_new_test_set(ready):
    edit(PARAMS, "seed: 42", "seed: 43")
    write_results(**{settings("params.yaml")["train"]["metric"]: 0.95})
    commit("A luckier split")
    assert found()["test-set"].status == "mend"


def test_results_that_are_not_committed_show_no_order(ready):
    start_again("No results")
    git("rm", "-r", "--quiet", "--cached", "reports")
    git("commit", "--quiet", "--amend", "--message", "No results")
    assert found()["plan-first"].status == "unseen"
    assert "test-set" not in found()
