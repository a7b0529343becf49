"""`adopt` as a whole: what it changes, what it refuses, and that all can be brought back."""

import http.server
import io
import shutil
import sys
import threading
from pathlib import Path

import pytest
from adopted import make_source
from conftest import ROOT
from ready import LEFT, TAKEN, commit, edit, git

from your_package import cli
from your_package.adopting import hubs
from your_package.adopting.adoption import Setting
from your_package.adopting.changes import KEPT, Changes, undo
from your_package.adopting.origins import find
from your_package.adopting.settings import as_yaml, put
from your_package.checking import plan, sample
from your_package.checking.project import SOURCE
from your_package.errors import UserError
from your_package.params import read_yaml
from your_package.raw import load_source
from your_package.schema import load_schema


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of this project as its owner has it, with history, but small raw data."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in (*TAKEN, "tests", "notebooks", "reports", ".gitignore"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, name, ignore=LEFT)
        elif source.is_file():
            shutil.copy(source, name)
    edit(SOURCE, "sha256: .*", f"sha256: {sample.SHA256}")
    Path("tests/test_behaviour.py").write_text("# of the sample\n", encoding="utf-8")
    Path("data/raw").mkdir()
    Path("data/raw/sample.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    git("init", "--quiet")
    commit("Start")
    return folder


def adopt(*words):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["my-project", "adopt", *map(str, words)])
        cli.main()


def test_a_mistake_in_the_parameters_is_named_first(project, tmp_path):
    edit(Path("params.yaml"), "train:", "train: {")
    commit("Broken")
    with pytest.raises(SystemExit, match="params.yaml, line [0-9]+: this is not YAML"):
        adopt(make_source(tmp_path), "--yes")
    assert git("status", "--porcelain") == ""


def test_own_data_in_place_of_the_sample(project, tmp_path, capsys):
    adopt(make_source(tmp_path), "--yes")
    load_schema()
    assert load_source().file.exists() and not Path("data/raw/sample.csv").exists()
    assert str(tmp_path) not in SOURCE.read_text(encoding="utf-8")
    assert not plan.is_stale()
    assert not Path("tests/test_behaviour.py").exists()
    assert "Yours to write" in Path("data/README.md").read_text(encoding="utf-8")
    assert "uv run my-project adopt --undo" in capsys.readouterr().out


def test_undo_leaves_nothing_behind(project, tmp_path):
    adopt(make_source(tmp_path), "--yes")
    assert git("status", "--porcelain")
    adopt("--undo")
    assert git("status", "--porcelain") == ""
    with pytest.raises(SystemExit, match="there is nothing to undo"):
        adopt("--undo")


def test_a_second_source_takes_the_place_of_the_first(project, tmp_path, capsys):
    adopt(make_source(tmp_path), "--yes")
    first = load_source().file
    Path("data/README.md").write_text("My own words.\n", encoding="utf-8")
    commit("Mine")
    other = make_source(tmp_path)
    adopt(shutil.move(other, other.with_stem("other")), "--yes")
    assert load_source().file.exists() and load_source().file != first and not first.exists()
    assert Path("data/README.md").read_text(encoding="utf-8") == "My own words.\n"
    assert "they were yours already" in capsys.readouterr().out
    adopt("--undo")
    assert first.exists() and git("status", "--porcelain") == ""


def test_undo_loses_no_edit_without_a_word(project, tmp_path):
    adopt(make_source(tmp_path), "--yes")
    readme = Path("README.md")
    readme.write_text("My own words.\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="README.md changed after `adopt`"):
        adopt("--undo")
    adopt("--undo", "--force")
    assert git("status", "--porcelain") == ""


def test_uncommitted_work_is_not_mixed_in(project, tmp_path):
    Path("README.md").write_text("Half done.\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"uncommitted work \(README.md\)"):
        adopt(make_source(tmp_path), "--yes")
    adopt(make_source(tmp_path), "--yes", "--force")
    adopt("--undo")
    assert Path("README.md").read_text(encoding="utf-8") == "Half done.\n"


def test_without_a_terminal_nothing_is_guessed(project, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(SystemExit, match="nothing was changed.*add --yes"):
        adopt(make_source(tmp_path))
    assert git("status", "--porcelain") == ""


def test_an_error_half_way_changes_nothing(project):
    with pytest.raises(ValueError, match="half way"), Changes() as changes:
        changes.write(Path("README.md"), "New.\n")
        changes.keep(SOURCE)
        raise ValueError("half way")
    assert git("status", "--porcelain") == "" and not KEPT.exists()


def test_a_folder_is_moved_and_brought_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "picture.png").write_text(name, encoding="utf-8")
    with Changes() as changes:
        changes.move(Path("new"), Path("old"))
    assert Path("old/picture.png").read_text(encoding="utf-8") == "new"
    assert undo(force=False) == ["old"]
    assert Path("old/picture.png").read_text(encoding="utf-8") == "old"


def test_what_is_not_there_is_named():
    with pytest.raises(UserError, match="nowhere.csv is not there"):
        find("nowhere.csv", Path())


@pytest.mark.parametrize("site", ["hf", "kaggle", "uci"])
def test_a_missing_client_is_named_with_the_command(site, monkeypatch, tmp_path):
    def absent(module):
        raise ImportError(module)

    monkeypatch.setattr(hubs.importlib, "import_module", absent)
    with pytest.raises(UserError, match=rf"uv run --with \w+ .* adopt {site}:a/b"):
        find(f"{site}:a/b", tmp_path)


PAGES = {
    "/rows.csv": ("text/csv", b"a,b\n1,2\n", 8),
    "/short.csv": ("text/csv", b"a,b\n1,2\n", 999),
    "/page.csv": ("text/html", b"<html>", 6),
}


@pytest.fixture(scope="module")
def site():
    """A server on this machine."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.split("?")[0] not in PAGES:
                return self.send_error(404)
            kind, content, size = PAGES[self.path.split("?")[0]]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(size))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_is_fetched(site, tmp_path):
    origin = find(f"{site}/rows.csv?download=1", tmp_path)
    assert origin.path.read_bytes() == b"a,b\n1,2\n"
    assert (origin.name, origin.url) == ("rows", f"{site}/rows.csv?download=1")


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("gone.csv", "could not be fetched .*404"),
        ("short.csv", "cut short at 8 of 999 bytes"),
        ("page.csv", "is a web page"),
    ],
)
def test_what_cannot_be_fetched_is_named(site, page, message, tmp_path):
    with pytest.raises(UserError, match=message):
        find(f"{site}/{page}", tmp_path)


PARAMS = """\
train: # how
  folds: 5 # of training

  candidates:
    mean: {}
    naive: {a: [b], c: 1.0e-4} # least
    forest:
      trees: 100
quality:
  most: null # drift
"""


def test_a_setting_is_changed_and_its_comment_stays():
    assert put(PARAMS, Setting("train.folds", 3)) == PARAMS.replace("5", "3")
    text = put(PARAMS, Setting("train.folds", 3, "why: no"))
    assert text == PARAMS.replace("5 # of training", "3 # why: no")
    text = put(PARAMS.replace("null", "0.1"), Setting("quality.most", None))
    assert text.split() == PARAMS.split()


def test_of_a_candidate_only_what_is_named_changes():
    text = put(PARAMS, Setting("train.candidates.naive", {"a": ["a b", "yes"]}, "why"))
    assert text == PARAMS.replace("[b]", '[a b, "yes"]').replace("least", "why")
    text = put(PARAMS, Setting("train.candidates.forest", {"trees": 3}))
    assert text == PARAMS.replace("100", "3")
    text = put(PARAMS, Setting("train.candidates.mean", drop=True))
    assert text == PARAMS.replace("    mean: {}\n", "")


def test_a_candidate_that_the_owner_took_out_stays_out():
    assert put(PARAMS, Setting("train.candidates.ridge", {"cv": 2})) == PARAMS


def test_a_setting_that_cannot_be_changed_is_named():
    with pytest.raises(UserError, match="no 'train.metric' to set"):
        put(PARAMS, Setting("train.metric", "mae"))


@pytest.mark.parametrize(
    "value",
    ["no", "a: b", "# x", " a", "1e3", "2024-01-01", "", "ö", "a'b\"c", "-", None, 1.5, True],
)
def test_what_is_written_is_what_is_read(value, tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text(f"key: {as_yaml(value)}\nlist: {as_yaml([value])}\n", encoding="utf-8")
    assert read_yaml(path) == {"key": value, "list": [value]}
