"""CI's last run, as a stand-in for GitHub's command line reports it."""

import json
import os
import sys

import pytest
from library.tool.ready_project import found, git
from ml_portfolio.tool.check import repository

RUN = {"conclusion": "success", "status": "completed", "headSha": "a" * 40, "url": "https://x/1"}


@pytest.mark.parametrize(
    ("runs", "head", "status", "words"),
    [
        ([RUN], "a" * 40, "ok", "CI passed on this commit: https://x/1"),
        ([RUN], "b" * 40, "note", "CI passed on commit aaaaaaa, not this"),
        ([RUN | {"conclusion": "failure"}], "a" * 40, "todo", "ended with 'failure'"),
        ([RUN | {"status": "in_progress", "conclusion": ""}], "a" * 40, "note", "still running"),
        ([], "a" * 40, "todo", "never run"),
    ],
)
def test_a_run_is_judged(runs, head, status, words):
    finding = repository.judge_run(runs, head)
    assert finding.status == status and words in finding.message


@pytest.fixture
def gh(ready, tmp_path, monkeypatch):
    """A function that puts a program `gh` first on the PATH, and a project with a remote."""
    if os.name == "nt":
        pytest.skip("the stand-in is a script")
    git("remote", "add", "origin", "https://example.com/x.git")

    def stand_in(body):
        script = tmp_path / "bin" / "gh"
        script.parent.mkdir()
        script.write_text(f"#!{sys.executable}\nimport sys, time\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")

    return stand_in


def test_github_is_asked_for_the_last_run_on_this_branch(gh):
    answer = json.dumps([RUN | {"headSha": git("rev-parse", "HEAD")}])
    branch = git("branch", "--show-current")
    gh(f"assert sys.argv[-2:] == ['--branch', {branch!r}]\nprint({answer!r})")
    assert found()["ci"].status == "ok"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.exit('To get started with GitHub CLI, please run: gh auth login')", "gh auth login"),
        ("print('<html>')", "could not be asked"),
        ("print('[{}]')", "could not be asked"),
        ("time.sleep(30)", "did not answer"),
    ],
)
def test_where_github_does_not_answer_it_is_a_note(gh, monkeypatch, body, words):
    monkeypatch.setattr(repository, "TIMEOUT", 2)
    gh(body)
    assert found()["ci"].status == "note" and words in found()["ci"].message


def test_without_gh_it_is_a_note_and_without_a_remote_nothing(ready, monkeypatch):
    monkeypatch.setattr(repository.shutil, "which", lambda name: None)
    assert "ci" not in found()
    git("remote", "add", "origin", "https://example.com/x.git")
    assert found()["ci"].status == "note" and "not installed" in found()["ci"].message
