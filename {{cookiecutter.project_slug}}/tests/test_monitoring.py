"""What the server counts and logs, and how it follows a new bundle."""

import json
import logging
import re
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from your_package.errors import UserError
from your_package.paths import BUNDLE
from your_package.serving.bundle import GRAPH, MANIFEST
from your_package.serving.drift import Bins
from your_package.serving.logs import JsonLines
from your_package.serving.settings import Settings
from your_package.serving.swapping import Swapping

ROOT = Path(__file__).parent.parent
NUMBERS = {"quantiles": [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 9], "missing_share": 0.1}
WORDS = {"counts": {"red": 90, "blue": 10}, "missing_share": 0.0}


def test_values_fall_into_the_bins_of_training():
    bins = Bins(NUMBERS)
    assert [bins.place(value) for value in (None, -1, 0, 0.5, 4, 99)] == [
        "missing",
        "<= 0",
        "<= 0",
        "<= 1",
        "<= 4",
        "above",
    ]
    assert sum(bins.shares.values()) == pytest.approx(1)
    assert [Bins(WORDS).place(value) for value in ("red", "green")] == ["red", "other"]


def test_drift_is_nought_for_the_training_data_and_grows_with_the_distance():
    bins = Bins(WORDS)
    assert bins.stability({"red": 9, "blue": 1}) == pytest.approx(0)
    assert 0 < bins.stability({"red": 8, "blue": 2}) < 0.1
    assert bins.stability({"other": 10}) > 1


def test_the_log_is_json_without_what_was_sent(client, caplog):
    with caplog.at_level(logging.INFO):
        client.post("/predict?token=secret", json={"password": "hush"})
    lines = [JsonLines().format(record) for record in caplog.records if hasattr(record, "event")]
    (event,) = said = [json.loads(line) for line in lines]
    assert event["path"] == "/predict" and event["status"] == 422
    assert "secret" not in str(said) and "hush" not in str(said)


def test_what_is_made_up_is_not_counted(client):
    body = {"rows": [client.get("/model").json()["golden"][0]["request"]]}
    for asked, count in (("?counted=false", 0), ("", 1)):
        assert client.post(f"/predict/batch{asked}", json=body).status_code == 200
        figures = client.get("/metrics").text
        assert len(re.findall(r"^predictions_total", figures, re.MULTILINE)) == count
        assert count or "feature_values_total{" not in figures
    assert client.post("/predict/batch?counted=perhaps", json=body).status_code == 422


def test_a_setting_that_cannot_be_is_named():
    assert Settings.read({"WORKERS": "2", "PORT": ""}).workers == 2
    with pytest.raises(UserError, match="setting WORKERS cannot be used"):
        Settings.read({"WORKERS": "many"})


def test_every_setting_is_in_the_documents():
    text = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    table = text.split("## Settings")[1].split("##")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [
        name.upper() for name in Settings.model_fields
    ]


@pytest.fixture
def folder(trained, tmp_path):
    shutil.copytree(trained / BUNDLE, tmp_path / "bundle")
    return tmp_path / "bundle"


def rewrite(folder, **changes):
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")


def test_a_new_bundle_is_served_and_the_old_one_again(folder, caplog):
    app = Swapping(Settings(bundle=folder, reload_seconds=3600))
    client = TestClient(app)
    old = client.get("/model").json()
    for version in ("2.0.0+new", old["version"]):
        rewrite(folder, version=version)
        app.look()
        assert client.get("/model").json()["version"] == version
    graph = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(graph[:-1])
    app.look()
    assert "is refused, the old one stays" in caplog.text
    assert client.post("/predict", json=old["golden"][0]["request"]).status_code == 200
    (folder / GRAPH).write_bytes(graph)
    rewrite(folder, version="3.0.0+whole")
    app.look()
    assert client.get("/model").json()["version"] == "3.0.0+whole"
