"""Changes since the last run: dvc.lock as DVC itself writes it, compared with the files."""

import subprocess
import sys
from pathlib import Path

import pytest
from library.tool.ready_project import edit, found
from ml_portfolio.config.params import read_yaml
from ml_portfolio.tool.check.lock import changed

PIPELINE = """\
stages:
  train:
    cmd: python train.py
    deps: [train.py, vendor/lib, README.md]
    params: [train, other.seed]
    outs:
      - out
      - score.json: {cache: false}
"""
TRAIN = """\
from pathlib import Path
Path("out/deep").mkdir(parents=True)
Path("out/deep/b.txt").write_text("b")
Path("out/a.txt").write_text("a")
Path("score.json").write_text("{}")
"""
FILES = {
    "dvc.yaml": PIPELINE,
    "train.py": TRAIN,
    "params.yaml": "train: {rate: 1.0e-4, steps: [1, 2]}\nother: {seed: 42}\n",
    "README.md": "mine\n",
    ".dvcignore": "# comment\n__pycache__\n*.egg-info\n/vendor/lib/local/\n",
    "vendor/lib/src/lib/__init__.py": "",
    "vendor/lib/src/lib/z ü.py": "x = 1\n",
    "vendor/lib/src-a.py": "",
    "vendor/lib/src/lib/__pycache__/z.pyc": "compiled",
    "vendor/lib/lib.egg-info/PKG-INFO": "built",
    "vendor/lib/local/notes.txt": "notes",
}


def write(name, text):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """A pipeline that DVC has run."""
    folder = tmp_path_factory.mktemp("pipeline")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, text in FILES.items():
            write(name, text)
        for command in (["init", "--no-scm", "--quiet"], ["repro", "--quiet"]):
            dvc = [sys.executable, "-m", "dvc", *command]
            done = subprocess.run(dvc, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    return folder


def changes():
    locked = read_yaml(Path("dvc.lock"))["stages"]
    return list(changed(locked, read_yaml(Path("params.yaml"))))


def test_after_a_run_nothing_has_changed(pipeline, monkeypatch):
    monkeypatch.chdir(pipeline)
    assert changes() == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("vendor/lib/src/lib/z ü.py", "x = 2\n", ["vendor/lib"]),
        ("vendor/lib/src/lib/new.py", "", ["vendor/lib"]),
        ("vendor/lib/src/lib/__pycache__/z.pyc", "compiled again", []),
        ("vendor/lib/local/notes.txt", "more notes", []),
        ("out/deep/b.txt", "c", ["out"]),
        ("score.json", "{} ", ["score.json"]),
        ("README.md", "edited\n", []),
        ("params.yaml", FILES["params.yaml"].replace("[1, 2]", "[1, 3]"), ["train in params.yaml"]),
        ("params.yaml", FILES["params.yaml"].replace("42", "43"), ["other.seed in params.yaml"]),
        ("params.yaml", FILES["params.yaml"].replace("1.0e-4", "0.0001"), []),
    ],
)
def test_a_change_is_named(pipeline, monkeypatch, name, text, expected):
    monkeypatch.chdir(pipeline)
    path = Path(name)
    before = path.read_text(encoding="utf-8") if path.exists() else None
    write(name, text)
    try:
        assert changes() == expected
    finally:
        path.unlink() if before is None else write(name, before)


def test_what_is_not_here_is_skipped_as_in_a_clone(pipeline, monkeypatch):
    monkeypatch.chdir(pipeline)
    Path("out").rename("elsewhere")
    try:
        assert changes() == []
    finally:
        Path("elsewhere").rename("out")


def test_a_stage_that_never_ran_is_named(ready):
    edit(Path("dvc.lock"), "  train:", "  trained:")
    assert "stage train did not run" in found()["reproduced"].message


def test_without_a_lock_nothing_is_shown(ready):
    Path("dvc.lock").unlink()
    assert found()["reproduced"].status == "unknown"
