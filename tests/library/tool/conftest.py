"""A project that is ready to show, in a folder of each test's own."""

import contextlib
import shutil
from pathlib import Path

import pytest
from library.tool import ready_project
from ml_portfolio.tool.check import results


@pytest.fixture(scope="session")
def ready_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("ready")
    with contextlib.chdir(folder):
        ready_project.build()
    return folder


@pytest.fixture
def ready(ready_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test runs in the project's folder, and may change it."""
    folder = shutil.copytree(ready_once, tmp_path / "ready")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(results, "find_outdated", list)  # made-up reports fill no document
    return folder
