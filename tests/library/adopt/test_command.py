"""The command `adopt`: what it changes, what it refuses, and that everything can be restored."""

import http.server
import io
import re
import shutil
import sys
import threading
from pathlib import Path

import pytest
from library.adopt.conftest import commit, git
from library.adopt.samples import write_images, write_source
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import read_yaml
from ml_portfolio.config.paths import PLAN, README, SOURCE
from ml_portfolio.tool.adopt import hubs
from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.changes import BACKUP, Changes, undo
from ml_portfolio.tool.adopt.origins import find
from ml_portfolio.tool.adopt.rendering import as_yaml
from ml_portfolio.tool.adopt.settings import put
from ml_portfolio.tool.plan import read_facts, refill_text


def read(path):
    return Path(path).read_text(encoding="utf-8")


def test_own_data_take_the_place_of_the_sample(project, adopt, tmp_path, capsys):
    adopt(write_source(tmp_path, project), yes=True)
    source = read_yaml(SOURCE)
    assert Path(source["file"]).exists() and not Path("data/raw/sample.csv").exists()
    assert "sample" not in source and source["url"] == "unknown"
    assert str(tmp_path) not in read(SOURCE)
    params = read_yaml(Path("params.yaml"))
    assert "report" not in params and "# gates: `check`" in read("params.yaml")
    assert not Path("tests/test_behaviour.py").exists()
    assert not Path("reports/metrics.json").exists() and Path("reports/model_card.md").exists()
    assert "Yours to write" in read("data/README.md")
    assert re.search(
        r"## The problem\n\n<!-- Yours to write: the problem.*?-->\nFrom ", read(README), re.S
    )
    assert "uv run my-project adopt --undo" in capsys.readouterr().out


def test_the_plan_states_the_new_facts(project, adopt, tmp_path):
    before = read(PLAN)
    adopt(write_source(tmp_path, project), yes=True)
    assert read(PLAN) != before and refill_text(read(PLAN), read_facts()) == read(PLAN)


def test_a_mistake_in_the_parameters_is_named_first(table_project, adopt, tmp_path):
    params = Path("params.yaml")
    params.write_text(read(params).replace("train:", "train: {"), encoding="utf-8")
    commit("Broken")
    with pytest.raises(UserError, match="params.yaml, line [0-9]+: this is not YAML"):
        adopt(write_source(tmp_path, table_project), yes=True)
    assert git("status", "--porcelain") == ""


def test_undo_leaves_nothing_behind(project, adopt, tmp_path):
    adopt(write_source(tmp_path, project), yes=True)
    assert git("status", "--porcelain")
    adopt(undo=True)
    assert git("status", "--porcelain") == ""
    with pytest.raises(UserError, match="there is nothing to undo"):
        adopt(undo=True)


def test_a_second_source_takes_the_place_of_the_first(project, adopt, tmp_path, capsys):
    adopt(write_source(tmp_path, project), yes=True)
    first = Path(read_yaml(SOURCE)["file"])
    Path("data/README.md").write_text("My own words.\n", encoding="utf-8")
    commit("Mine")
    other = write_source(tmp_path, project)
    adopt(shutil.move(other, other.with_stem("other")), yes=True)
    second = Path(read_yaml(SOURCE)["file"])
    assert second.exists() and second != first and not first.exists()
    assert read("data/README.md") == "My own words.\n"
    assert "are yours: they stay" in capsys.readouterr().out
    adopt(undo=True)
    assert first.exists() and git("status", "--porcelain") == ""


def test_undo_loses_no_edit_silently(table_project, adopt, tmp_path):
    adopt(write_source(tmp_path, table_project), yes=True)
    README.write_text("My own words.\n", encoding="utf-8")
    with pytest.raises(UserError, match="README.md changed after `adopt`"):
        adopt(undo=True)
    adopt(undo=True, force=True)
    assert git("status", "--porcelain") == ""


def test_uncommitted_work_is_not_mixed_in(table_project, adopt, tmp_path):
    README.write_text("Half done.\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"uncommitted work \(README.md\)"):
        adopt(write_source(tmp_path, table_project), yes=True)
    adopt(write_source(tmp_path, table_project), yes=True, force=True)
    adopt(undo=True)
    assert read(README) == "Half done.\n"


def test_without_a_terminal_nothing_is_guessed(table_project, adopt, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(UserError, match="nothing was changed.*add --yes"):
        adopt(write_source(tmp_path, table_project))
    assert git("status", "--porcelain") == ""


def test_data_of_another_kind_are_refused(project, adopt, tmp_path):
    """A table has no texts, texts are no table, and neither is a folder of images."""
    path = tmp_path / "numbers.csv"
    path.write_text("a,b\n" + "1.5,x\n2.5,y\n3.25,z\n" * 30, encoding="utf-8")
    source = write_images(tmp_path) if project.input == "table" else path
    with pytest.raises(UserError, match="track=tabular-|is a folder, and this project"):
        adopt(source, yes=True)
    assert git("status", "--porcelain") == ""


def test_an_error_half_way_changes_nothing(table_project):
    with pytest.raises(ValueError, match="half way"), Changes() as changes:
        changes.write(README, "New.\n")
        changes.set_aside(SOURCE)
        raise ValueError("half way")
    assert git("status", "--porcelain") == "" and not BACKUP.exists()


def test_a_folder_is_moved_and_restored(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "image.png").write_text(name, encoding="utf-8")
    with Changes() as changes:
        changes.move(Path("new"), Path("old"))
    assert read("old/image.png") == "new"
    assert undo(force=False) == ["old"]
    assert read("old/image.png") == "old"


def test_a_missing_file_is_named():
    with pytest.raises(UserError, match="nowhere.csv does not exist"):
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

        def log_message(self, *arguments):
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
def test_a_failed_download_is_named(site, page, message, tmp_path):
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


def test_only_the_named_parameters_of_a_candidate_change():
    text = put(PARAMS, Setting("train.candidates.naive", {"a": ["a b", "yes"]}, "why"))
    assert text == PARAMS.replace("[b]", '[a b, "yes"]').replace("least", "why")
    text = put(PARAMS, Setting("train.candidates.forest", {"trees": 3}))
    assert text == PARAMS.replace("100", "3")
    text = put(PARAMS, Setting("train.candidates.mean", remove=True))
    assert text == PARAMS.replace("    mean: {}\n", "")
    assert put(text, Setting("train.candidates.mean", remove=True)) == text


def test_a_candidate_that_the_owner_deleted_stays_deleted():
    assert put(PARAMS, Setting("train.candidates.ridge", {"cv": 2})) == PARAMS


def test_a_setting_that_is_not_there_is_named():
    with pytest.raises(UserError, match="no 'train.metric' to set"):
        put(PARAMS, Setting("train.metric", "mae"))


@pytest.mark.parametrize(
    "value",
    ["no", "a: b", "# x", " a", "1e3", "2024-01-01", "", "ö", "a'b\"c", "-", None, 1.5, True],
)
def test_a_value_is_read_as_it_was_written(value, tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text(f"key: {as_yaml(value)}\nlist: {as_yaml([value])}\n", encoding="utf-8")
    assert read_yaml(path) == {"key": value, "list": [value]}
