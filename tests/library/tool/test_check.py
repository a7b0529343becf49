"""`check`: whatever is missing is named, until it is done."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from library.tool.ready_project import commit, edit, found, git, render
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.paths import METRICS, PLAN, README, SOURCE
from ml_portfolio.tool import cli
from ml_portfolio.tool.check import command, results
from ml_portfolio.tool.check.owner import PLACEHOLDERS
from projects import QUESTIONS, TRACKS

PARAMS = Path("params.yaml")


def check(*options, capsys):
    """Run the command; return its exit code and what it printed."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as stopped:
        patch.setattr(sys, "argv", ["x", "check", *options])
        cli.main(None)
    return stopped.value.code, capsys.readouterr().out


def test_a_project_in_which_all_is_done_is_ready(ready, capsys):
    assert [each for each in found().values() if each.is_open] == []
    code, text = check(capsys=capsys)
    assert code == 0
    assert text.startswith("Is this ready to show? Yes")


FAULTS = {
    "own-data": (SOURCE, r"\A", "sample: true\n"),
    "data-licence": (SOURCE, "licence: .*", "licence: unknown"),
    "questions": (README, r"\Z", "\n<!-- Yours to write: why? -->\n"),
    "placeholders": (Path("pyproject.toml"), '(?m)^description = ".*', 'description = "Your Name"'),
    "baseline": (METRICS, '"low": [^,]*', '"low": -0.1'),
    "min_gain": (METRICS, '"low": [^,]*', '"low": 1e-9'),
    "quality": (PARAMS, "(?m)^quality:", "qualities:"),
    "plan-facts": (PARAMS, "max_slice_gap: [0-9.]+", "max_slice_gap: 0.123"),
    "reproduced": (METRICS, '"rows": 100', '"rows": 101'),
    "saved": (README, r"\Z", "\nAnd more.\n"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_until_it_is_fixed(ready, name, capsys):
    path, pattern, new = FAULTS[name]
    before = edit(path, pattern, new)
    assert found()[name].status == "todo"
    assert found()[name].advice
    code, text = check(capsys=capsys)
    assert code == 1
    assert "Not yet" in text
    path.write_text(before, encoding="utf-8", newline="\n")
    assert not any(each.is_open for each in found().values())


@pytest.mark.parametrize("track", TRACKS)
def test_the_sample_of_each_track_is_recognized(track, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(results, "find_outdated", list)
    render(track)
    findings = found()
    assert findings["own-data"].status == findings["questions"].status == "todo"
    assert findings["data-licence"].status == "ok"


def test_placeholders_are_the_template_s_default_answers():
    asked = ("description", "author_name", "github_username")
    assert list(PLACEHOLDERS) == [QUESTIONS[name] for name in asked]


def test_the_place_of_a_question_is_named(ready):
    lines = README.read_text(encoding="utf-8").count("\n")
    edit(README, r"\Z", "<!-- Yours to write: why? -->\n")
    assert f"README.md:{lines + 1}." in found()["questions"].advice


def test_a_failing_gate_shows_its_figures(ready):
    edit(METRICS, '"low": [^,]*', '"low": 0.0000123')
    message = found()["min_gain"].message
    assert "1.23e-05" in message and "at least" in message and "quality.min_gain" in message


def test_gates_alone_can_be_checked(ready, capsys):
    README.unlink()
    assert check("--gates", capsys=capsys)[0] == 0
    edit(METRICS, '"low": [^,]*', '"low": -1')
    code, text = check("--gates", capsys=capsys)
    assert code == 1
    assert "the gain over the baseline" in " ".join(text.split()).lower()
    assert "documents" not in text


@pytest.mark.parametrize("harm", ["absent", "damaged", "without intervals"])
def test_incomplete_reports_prove_nothing(ready, harm):
    if harm == "absent":
        shutil.rmtree("reports")
    elif harm == "damaged":
        METRICS.write_text('{"metric": ', encoding="utf-8")
    else:
        edit(METRICS, '"intervals"', '"other"')
    assert found()["baseline"].status == "unknown"
    assert found()["baseline"].advice == "Run: uv run dvc repro"


@pytest.mark.parametrize(
    ("outdated", "status"),
    [([], "ok"), (["README.md"], "todo"), (UserError("gone"), "unknown")],
)
def test_documents_are_compared_with_the_reports(ready, monkeypatch, outdated, status):
    def find_outdated():
        if isinstance(outdated, UserError):
            raise outdated
        return outdated

    monkeypatch.setattr(results, "find_outdated", find_outdated)
    finding = found()["documents"]
    assert finding.status == status
    assert ("README.md" in finding.message) == (status == "todo")


def test_few_commits_show_no_work(ready):
    git("checkout", "--quiet", "--orphan", "final")
    commit("Final upload")
    assert found()["history"].status == "todo"
    for number in range(4):
        edit(README, r"\Z", f"\n{number}\n")
        commit(f"Part {number}")
    assert found()["history"].status == "note" and "1 day" in found()["history"].message


def test_commits_that_are_not_pushed_are_counted(ready):
    assert found()["pushed"].status == "note"
    git("init", "--quiet", "--bare", "../remote")
    git("remote", "add", "origin", "../remote")
    assert found()["pushed"].status == "todo"
    git("push", "--quiet", "origin", "HEAD")
    assert found()["pushed"].status == "ok"
    edit(README, r"\Z", "\nMore.\n")
    commit("More")
    assert found()["pushed"].message.startswith("1 commit not pushed")


def test_a_heavy_file_is_named(ready):
    with Path("data/heavy.csv").open("wb") as file:
        file.truncate(50_000_001)
    git("add", "--intent-to-add", "data/heavy.csv")
    assert "data/heavy.csv" in found()["weight"].message


def test_without_git_it_names_what_it_cannot_see(ready, capsys):
    Path(".git").rename("../gone")  # Windows deletes no read-only files
    status = {name: each.status for name, each in found().items()}
    assert {status[name] for name in ("saved", "history", "plan-first")} == {"unknown"}
    assert status["baseline"] == status["questions"] == "ok"
    code, text = check(capsys=capsys)
    assert code == 1
    assert "3 could not be checked" in text


def test_without_a_git_program_it_goes_on(ready, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert found()["saved"].status == "unknown"


def test_unpacked_into_another_repository_it_has_no_history(ready):
    Path(".git").rename("../gone")  # Windows deletes no read-only files
    inner = ready / "inner"
    inner.mkdir()
    for path in list(ready.iterdir()):
        if path != inner:
            shutil.move(path, inner / path.name)
    (ready / "other.txt").write_text("x", encoding="utf-8")
    git("init", "--quiet")
    git("add", "other.txt")
    git("commit", "--quiet", "--message", "Another project")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(inner)
        assert found()["history"].status == "unknown"


def test_a_shallow_clone_has_no_history(ready, monkeypatch):
    git("clone", "--quiet", "--depth", "1", ready.as_uri(), "clone")
    monkeypatch.chdir("clone")
    assert found()["history"].status == found()["plan-first"].status == "unknown"
    assert found()["saved"].status == "ok"


def test_outside_of_a_project_it_says_where_to_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="project's folder"):
        command.run(as_json=False, gates_only=False)


def test_text_fits_any_terminal_and_agrees_with_the_json(ready, capsys):
    edit(SOURCE, "licence: .*", "licence: unknown")
    edit(README, r"\Z", "\n<!-- Yours to write: why? -->\n")
    code, text = check(capsys=capsys)
    same, content = check("--json", capsys=capsys)
    assert code == same == 1
    text.encode("cp1252")
    assert max(map(len, text.splitlines())) <= 80
    content = json.loads(content)
    assert not content["ready"]
    assert text.splitlines()[0].endswith(content["verdict"])
    together = " ".join(text.split()).lower()
    for group, items in content["findings"].items():
        assert group in text
        for each in items:
            assert " ".join(each["message"].split()).lower() in together


def test_a_terminal_that_knows_few_letters_is_no_reason_to_stop(ready):
    edit(SOURCE, "title: .*", "title: Φόρτος 東京")
    code = "from ml_portfolio.tool.cli import main; main(None)"
    few = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code, "check"], capture_output=True, env=few)
    assert done.returncode == 1  # the title is not committed, and the reports are made up
    assert b"Traceback" not in done.stderr
    assert b"\\u03a6" in done.stdout


def test_it_imports_no_training_library(ready):
    code = (
        "import sys\n"
        "from ml_portfolio.tool.check.command import run\n"
        "run(False, False)\n"
        "heavy = {'numpy', 'pandas', 'sklearn', 'scipy', 'torch', 'mlflow', 'fastapi', 'dvc'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_changes_nothing(ready, capsys):
    check(capsys=capsys)
    assert git("status", "--porcelain") == ""
    assert PLAN.is_file()
