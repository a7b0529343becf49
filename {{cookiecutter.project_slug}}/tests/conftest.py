"""One small run of the real pipeline, in a folder of its own, for all tests to look at."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import ready as ready_project
from fastapi.testclient import TestClient
from shrunken import shrink

from your_package import (
    diagnose,
    evaluate,
    explain,
    export,
    preprocess,
    report,
    train,
)
from your_package.checking import results
from your_package.paths import BUNDLE
from your_package.reporting.documents import DOCUMENTS
from your_package.serving.app import create_app
from your_package.serving.bundle import Bundle

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every stage has run on a part of the data."""
    folder = tmp_path_factory.mktemp("project")
    shrink(ROOT, folder)
    for document in DOCUMENTS:
        (folder / document).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / document, folder / document)
    with contextlib.chdir(folder):
        for stage in (preprocess, train, evaluate, diagnose, explain, export, report):
            stage.main()
    return folder


@pytest.fixture
def in_trained(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test runs in the folder of `trained`; what it reads there it must not change."""
    monkeypatch.chdir(trained)
    return trained


@pytest.fixture(scope="session")
def bundle(trained: Path) -> Bundle:
    return Bundle.load(trained / BUNDLE)


@pytest.fixture(scope="session")
def ready_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, with its history, in which nothing is missing that `check` looks for."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("ready")
    with contextlib.chdir(folder):
        ready_project.build(ROOT)
    return folder


@pytest.fixture
def ready(ready_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test runs in a copy of that project, and may change it."""
    folder = shutil.copytree(ready_once, tmp_path / "ready")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(results, "stale", list)  # the reports are made up, and say little
    return folder


@pytest.fixture
def client(bundle: Bundle) -> Iterator[TestClient]:
    with TestClient(create_app(bundle)) as client:
        yield client
