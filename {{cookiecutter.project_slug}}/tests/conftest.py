"""One small run of the real pipeline, in a folder of its own, for all tests to look at."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from ml_portfolio.config.paths import BUNDLE
from ml_portfolio.serving.settings import Settings
from small import load_bundle, shrink

from your_package import evaluate, export, preprocess, train
from your_package.app import create_app

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the stages have run on a part of the data."""
    folder = tmp_path_factory.mktemp("project")
    shrink(ROOT, folder)
    with contextlib.chdir(folder):
        for stage in (preprocess, train, evaluate, export):
            stage.main()
    return folder


@pytest.fixture
def in_trained(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test runs in the folder of `trained`; what it reads there it must not change."""
    monkeypatch.chdir(trained)
    return trained


@pytest.fixture
def client(trained: Path) -> Iterator[TestClient]:
    """Asks the server of the small run's model."""
    app = create_app(load_bundle(trained / BUNDLE), Settings())
    with TestClient(app) as client:
        yield client
