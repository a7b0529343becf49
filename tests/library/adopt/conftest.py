"""Small projects made of the template's own files, to adopt data in."""

import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from library.adopt.samples import decode_image
from library.small_bundles import TEMPLATE
from ml_portfolio.config.params import Project
from ml_portfolio.tool.adopt.command import run

PROJECTS = {
    "tabular-classification": Project(input="table", task="classification"),
    "tabular-regression": Project(input="table", task="regression"),
    "text-classification": Project(input="text", task="classification"),
    "image-classification": Project(input="image", task="classification"),
}
OF_PROJECT = ("README.md", "docs/evaluation_plan.md", "reports/model_card.md")
OF_TRACK = ("params.yaml", "data/source.yaml", "data/schema.yaml", "data/README.md", "notebooks")


def git(*arguments):
    done = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def make_project(tmp_path, monkeypatch):
    """make_project(track) makes a project, with history and a small raw file, to work in."""

    def make(track):
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        folder = tmp_path / "project"
        for root, names in ((TEMPLATE, OF_PROJECT), (TEMPLATE / "_tracks" / track, OF_TRACK)):
            for name in names:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (root / name).is_dir() else shutil.copy
                copy(root / name, folder / name)
        monkeypatch.chdir(folder)
        for name, text in (
            ("data/raw/sample.csv", "a,b\n1,2\n"),
            ("tests/test_behaviour.py", "# of the sample\n"),
            ("reports/metrics.json", "{}\n"),
            (".gitignore", ".cache/\n"),
        ):
            Path(name).parent.mkdir(exist_ok=True, parents=True)
            Path(name).write_text(text, encoding="utf-8")
        git("init", "--quiet")
        commit("Start")
        return PROJECTS[track]

    return make


@pytest.fixture(params=PROJECTS)
def project(request, make_project):
    """A project of each kind in turn."""
    return make_project(request.param)


@pytest.fixture
def table_project(make_project):
    return make_project("tabular-classification")


def commit(message):
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


@pytest.fixture
def adopt(monkeypatch):
    """adopt("data.csv", yes=True) runs the command as it is typed."""
    monkeypatch.setattr(sys, "argv", ["my-project", "adopt"])
    options = {"source": None, "target": None, "yes": False, "undo": False, "force": False}

    def adopt_source(source=None, **given):
        run(Namespace(**options | {"source": source and str(source)} | given), decode_image)

    return adopt_source
