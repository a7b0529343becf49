"""A new bundle is served without a restart."""

import json
import shutil

import pytest
from fastapi.testclient import TestClient
from ml_portfolio.bundle.manifest import GRAPH, MANIFEST
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.settings import Settings
from ml_portfolio.serving.swapping import Swapping

from your_package.app import create_app


@pytest.fixture
def folder(bundle_folder, tmp_path):
    return shutil.copytree(bundle_folder, tmp_path / "bundle")


def swapping(folder):
    return Swapping(create_app, Settings(bundle=folder, reload_seconds=3600))


def rewrite(folder, **changes):
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")


def test_a_new_bundle_is_served_and_the_old_one_again(folder, caplog):
    app = swapping(folder)
    client = TestClient(app)
    old = client.get("/model").json()
    for version in ("2.0.0+new", old["version"]):
        rewrite(folder, version=version)
        app.look()
        assert client.get("/model").json()["version"] == version
        assert client.get("/openapi.json").json()["info"]["version"] == version
    graph = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(graph[:-1])
    app.look()
    assert "cannot be used, the old one stays" in caplog.text
    assert client.post("/predict", json=old["golden"][0]["request"]).status_code == 200
    (folder / GRAPH).write_bytes(graph)
    rewrite(folder, version="3.0.0+complete")
    app.look()
    assert client.get("/model").json()["version"] == "3.0.0+complete"


def test_an_unchanged_bundle_is_not_loaded_again(folder):
    app = swapping(folder)
    before = app.app
    app.look()
    assert app.app is before


def test_the_first_bundle_must_be_usable(tmp_path):
    with pytest.raises(UserError, match="holds no model"):
        swapping(tmp_path)
