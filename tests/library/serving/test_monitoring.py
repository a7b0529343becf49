"""What the server counts and logs."""

import json
import logging
import re
from types import SimpleNamespace

import pytest
from ml_portfolio.serving.logs import JsonLines
from ml_portfolio.serving.monitoring import Monitor

JSON = {"content-type": "application/json"}


def drift(client):
    figures = client.get("/metrics").text
    found = re.findall(r'^feature_drift{feature="(.*)"} (\S+)', figures, re.MULTILINE)
    return {name: float(value) for name, value in found}


def test_requests_and_answers_are_counted(client, sent):
    client.post("/predict", json=sent)
    client.get("/nowhere")
    figures = client.get("/metrics").text
    assert 'request_seconds_count{path="/predict",status="200"} 1.0' in figures
    assert 'request_seconds_count{path="unknown",status="404"} 1.0' in figures
    assert "predictions_total{" in figures


def test_warnings_are_counted(client, sent):
    for cities in ({"цвет": "pink"}, {"цвет": "green", "size: of it": "huge"}):
        client.post("/predict", json=sent | {"age, in years": 40} | cities)
    assert "prediction_warnings_total 3.0" in client.get("/metrics").text


def test_made_up_rows_are_not_counted(client, sent):
    for counted, count in (({"counted": False}, 0), ({}, 1), ({"counted": True}, 2)):
        body = {"rows": [sent], **counted}
        assert client.post("/predict/batch", json=body).status_code == 200
        figures = client.get("/metrics").text
        totals = re.findall(r"^predictions_total\S+ (\S+)", figures, re.MULTILINE)
        assert sum(map(float, totals)) == count
        assert count or "feature_values_total{" not in figures
    body = {"rows": [sent], "counted": "perhaps"}
    assert client.post("/predict/batch", json=body).status_code == 422


def test_drift_is_measured_where_the_training_data_are_described(client, sent):
    client.post("/predict", json=sent)
    assert set(drift(client)) == {"class", "цвет", "smokes?"}


def test_drift_is_low_for_training_data_and_high_for_others(table):
    columns = {"x": {"counts": {"red": 100, "blue": 100}, "missing_share": 0.0}}
    reference = {"rows": 200, "columns": columns}
    bundle = SimpleNamespace(
        manifest=SimpleNamespace(reference=reference, output=table.manifest.output),
        encoder=SimpleNamespace(features=lambda word: {"x": word}),
    )

    def psi(words):
        monitor = Monitor(bundle)
        monitor.watch(words)
        exposed = monitor.exposition().body.decode()
        return float(re.search(r'^feature_drift{feature="x"} (\S+)', exposed, re.MULTILINE)[1])

    assert psi(["red", "blue"] * 50) == pytest.approx(0, abs=1e-3)
    assert 0 < psi(["red"] * 60 + ["blue"] * 40) < 0.1
    assert psi(["green"] * 100) > 1
    assert psi([None] * 100) > 1


def test_the_log_is_json_without_what_was_sent(client, caplog):
    with caplog.at_level(logging.INFO):
        client.post("/predict?token=secret", json={"password": "hush"})
    lines = [JsonLines().format(record) for record in caplog.records if hasattr(record, "event")]
    (event,) = events = [json.loads(line) for line in lines]
    assert event["path"] == "/predict" and event["status"] == 422
    assert "secret" not in str(events) and "hush" not in str(events)
