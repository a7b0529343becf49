"""`check`: each thing that is missing is named, and no longer once it is mended."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from ready import README, commit, edit, found, git, write_results

from your_package import cli
from your_package.checking import printing, results, sample
from your_package.checking.project import PLAN, SOURCE, Project
from your_package.errors import UserError
from your_package.paths import METRICS

PARAMS, CI = Path("params.yaml"), Path(".github/workflows/ci.yml")


def check(*words, capsys):
    """Run the command; return its exit code and what it printed."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as stopped:
        patch.setattr(sys, "argv", ["x", "check", *words])
        cli.main()
    return stopped.value.code, capsys.readouterr().out


def test_a_project_in_which_all_is_done_is_ready(ready, capsys):
    assert [each for each in found().values() if each.is_open] == []
    code, said = check(capsys=capsys)
    assert code == 0
    assert said.startswith("Is this ready to show? Yes")


FAULTS = {
    "own-data": (SOURCE, "sha256: .*", f"sha256: {sample.SHA256}"),
    "data-licence": (SOURCE, "licence: .*", "licence: unknown"),
    "questions": (README, r"\Z", "\n<!-- Yours to write: why? -->\n"),
    "placeholders": (Path("pyproject.toml"), '(?m)^description = ".*', 'description = "Your Name"'),
    "baseline": (METRICS, '"low": [^,]*', '"low": -0.1'),
    "min_gain": (METRICS, '"low": [^,]*', '"low": 1e-9'),
    "quality": (PARAMS, "(?m)^quality:", "qualities:"),
    "plan-facts": (PARAMS, "max_slice_gap: [0-9.]+", "max_slice_gap: 0.123"),
    "reproduced": (METRICS, '"rows": 100', '"rows": 101'),
    "ci": (CI, r"uv run pytest\n", "true # pytest\n"),
    "saved": (README, r"\Z", "\nAnd more.\n"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_until_it_is_mended(ready, name, capsys):
    path, pattern, new = FAULTS[name]
    before = edit(path, pattern, new)
    assert found()[name].status == "mend"
    assert found()[name].advice
    code, said = check(capsys=capsys)
    assert code == 1
    assert "Not yet" in said
    path.write_text(before, encoding="utf-8", newline="\n")
    assert not any(each.is_open for each in found().values())


def test_a_copy_of_the_sample_that_was_changed_is_still_the_sample(ready):
    edit(SOURCE, "url: .*", f"url: {sample.URL}")
    assert found()["own-data"].status == "mend"


def test_the_place_of_a_question_is_said(ready):
    lines = README.read_text(encoding="utf-8").count("\n")
    edit(README, r"\Z", "<!-- Yours to write: why? -->\n")
    assert f"README.md:{lines + 1}." in found()["questions"].advice


def test_a_failing_gate_says_its_figures(ready):
    edit(METRICS, '"low": [^,]*', '"low": 0.0000123')
    said = found()["min_gain"].said
    assert "1.23e-05" in said and "at least" in said and "quality.min_gain" in said


def test_gates_alone_can_be_asked_for(ready, capsys):
    README.unlink()
    assert check("--gates", capsys=capsys)[0] == 0
    edit(METRICS, '"low": [^,]*', '"low": -1')
    code, said = check("--gates", capsys=capsys)
    assert code == 1
    assert "the gain over the baseline" in " ".join(said.split()).lower()
    assert "documents" not in said


@pytest.mark.parametrize("harm", ["absent", "damaged", "without intervals"])
def test_what_the_reports_do_not_show_is_not_counted(ready, harm):
    if harm == "absent":
        shutil.rmtree("reports")
    elif harm == "damaged":
        METRICS.write_text('{"metric": ', encoding="utf-8")
    else:
        edit(METRICS, '"intervals"', '"other"')
    assert found()["baseline"].status == "unseen"
    assert found()["baseline"].advice == "Run: uv run dvc repro"


def test_a_stage_that_never_ran_is_named(ready):
    edit(Path("dvc.lock"), "  train:", "  trained:")
    assert "stage train did not run" in found()["reproduced"].said


def test_few_commits_tell_no_story(ready):
    git("checkout", "--quiet", "--orphan", "final")
    commit("Final upload")
    assert found()["history"].status == "mend"


def test_without_git_it_says_what_it_cannot_see(ready, capsys):
    Path(".git").rename("../gone")  # Windows deletes no read-only files
    status = {name: each.status for name, each in found().items()}
    assert {status[name] for name in ("saved", "history", "plan-first")} == {"unseen"}
    assert status["baseline"] == status["questions"] == "holds"
    code, said = check(capsys=capsys)
    assert code == 1
    assert "3 could not be seen" in said


def test_where_there_is_no_git_program_it_goes_on(ready, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert found()["saved"].status == "unseen"


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
        assert found()["history"].status == "unseen"


def test_a_clone_of_the_last_commit_says_that_it_has_no_history(ready, monkeypatch):
    git("clone", "--quiet", "--depth", "1", ready.as_uri(), "clone")
    monkeypatch.chdir("clone")
    assert found()["history"].status == found()["plan-first"].status == "unseen"
    assert found()["saved"].status == "holds"


def test_outside_of_the_project_it_says_where_to_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="project's folder"):
        printing.run(as_json=False, only_gates=False, badge=None)


def test_what_is_printed_fits_any_terminal_and_agrees_with_the_json(ready, capsys):
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
            assert " ".join(each["said"].split()).lower() in together
    score = content["ml_test_score"]
    assert f"(Breck et al. 2017): {score['score']:g}" in text
    sums = [sum(each["points"] for each in points) for points in score["sections"].values()]
    assert [len(points) for points in score["sections"].values()] == [7, 7, 7, 7]
    assert score["score"] == min(sums)
    assert content["zoomcamp"]["most"] == 33


def test_a_terminal_that_knows_few_letters_is_no_reason_to_stop(ready):
    edit(SOURCE, "title: .*", "title: Φόρτος 東京")
    code = [sys.executable, "-m", "your_package.cli", "check"]
    few = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(code, capture_output=True, env=few)
    assert done.returncode == 1  # the title is not committed, and the reports are made up
    assert b"Traceback" not in done.stderr
    assert b"\\u03a6" in done.stdout


def test_editing_a_document_makes_no_report_old(ready):
    text = Path("dvc.lock").read_text(encoding="utf-8")
    deps = "    deps: [{path: README.md, md5: '0'}]\n"
    Path("dvc.lock").write_text(text.replace("  report:\n", f"  report:\n{deps}"), "utf-8")
    assert "README.md" in Path("dvc.lock").read_text(encoding="utf-8")
    assert found()["reproduced"].status == "holds"


def test_the_badge_is_a_picture_that_says_how_much_is_left(ready, capsys):
    check("--badge", "docs/ready.svg", capsys=capsys)
    assert "yes" in ElementTree.parse("docs/ready.svg").getroot().get("aria-label")
    write_results()
    edit(README, r"\Z", "\n<!-- Yours to write: why? -->\n")
    check("--badge", "docs/ready.svg", capsys=capsys)
    assert "to do" in ElementTree.parse("docs/ready.svg").getroot().get("aria-label")


def test_it_changes_nothing(ready, capsys):
    check(capsys=capsys)
    assert git("status", "--porcelain") == ""
    assert PLAN.is_file()


def test_documents_that_say_other_than_the_reports_are_named(in_trained):
    (finding,) = results.documents(Project())
    assert finding.status == ("mend" if results.stale() else "holds")


@pytest.mark.parametrize(
    ("old", "status"), [([], "holds"), ([README], "mend"), (UserError("gone"), "unseen")]
)
def test_the_state_of_the_documents_is_told(ready, monkeypatch, old, status):
    def stale():
        if isinstance(old, UserError):
            raise old
        return old

    monkeypatch.setattr(results, "stale", stale)
    finding = found()["documents"]
    assert finding.status == status
    assert ("README.md" in finding.said) == (status == "mend")
