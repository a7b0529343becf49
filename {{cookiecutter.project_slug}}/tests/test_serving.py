"""The API on a really trained bundle."""

import json
import re
import shutil
import socket
import tempfile

import numpy as np
import pytest
import uvicorn

from your_package.errors import UserError
from your_package.paths import BUNDLE
from your_package.serving.app import PAGE
from your_package.serving.bundle import GRAPH, MANIFEST, Bundle
from your_package.serving.outputs import difference
from your_package.serving.server import listen, supervise

USED = re.compile(r'\b(?:href=|src=|from )"(?:\./)?([\w-]+\.\w+)"')
KINDS = {"css": "text/css", "js": "text/javascript"}


@pytest.fixture
def golden(client):
    return client.get("/model").json()["golden"]


def test_it_says_that_it_lives_and_is_ready(client):
    assert client.get("/health").json() == {"status": "alive"}
    assert client.get("/ready").json() == {"status": "ready"}


def test_golden_requests_get_their_answers(client, bundle, golden):
    for case in golden:
        response = client.post("/predict", json=case["request"])
        assert response.status_code == 200
        assert difference(bundle.manifest.output, case["answer"], response.json()) < 1e-4
        assert response.json()["warnings"] == case["answer"]["warnings"]


def test_a_batch_is_answered_as_its_rows_are(client, bundle, golden):
    rows = [case["request"] for case in golden]
    answers = client.post("/predict/batch", json={"rows": rows}).json()["answers"]
    single = [client.post("/predict", json=row).json() for row in rows]
    spec = bundle.manifest.output
    gaps = [difference(spec, a, b) for a, b in zip(answers, single, strict=True)]
    assert np.max(gaps) < 1e-5


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"never": 1}', '{"rows": []}'])
def test_a_broken_request_is_refused_with_the_reason(client, body):
    for path in ("/predict", "/predict/batch"):
        response = client.post(path, content=body, headers={"content-type": "application/json"})
        assert response.status_code == 422
        assert response.json()["errors"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "1" * 400, '"\\ud800"'])
def test_what_cannot_be_written_as_json_is_refused(client, golden, value):
    first = next(iter(golden[0]["request"]))
    body = json.dumps(golden[0]["request"] | {first: "VALUE"}).replace('"VALUE"', value)
    response = client.post("/predict", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert value not in response.text


def test_the_documentation_shows_a_request_that_works(client):
    document = client.get("/openapi.json").json()
    body = document["paths"]["/predict"]["post"]["requestBody"]["content"]["application/json"]
    assert client.post("/predict", json=body["schema"]["examples"][0]).status_code == 200
    assert client.get("/docs").status_code == 200


def test_what_was_asked_is_counted(client, golden):
    client.post("/predict", json=golden[0]["request"])
    client.get("/nowhere")
    figures = client.get("/metrics").text
    assert 'request_seconds_count{path="/predict",status="200"} 1.0' in figures
    assert 'request_seconds_count{path="unknown",status="404"} 1.0' in figures
    assert "predictions_total{" in figures


def test_the_page_is_served(client):
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "<form" in page.text
    names = USED.findall(page.text)
    for name in names:  # and what these use in their turn
        file = client.get(f"/{name}")
        assert file.status_code == 200, name
        assert file.headers["content-type"].startswith(KINDS[name.rsplit(".")[1]])
        assert file.headers["cache-control"] == "no-cache"
        names += [used for used in USED.findall(file.text) if used not in names]
    assert {"index.html", *names} == {path.name for path in PAGE.iterdir()}


def test_the_server_lets_its_page_do_no_more_than_the_page_does_itself(client):
    page = client.get("/")
    own = re.search(r'Content-Security-Policy" content="([^"]+)"', page.text)[1]
    own = own.replace(" 'wasm-unsafe-eval'", "")  # for the model, where there is no server
    sent = page.headers["content-security-policy"]
    assert directives(sent) == directives(own) | {"frame-ancestors 'none'"}


def directives(policy):
    return {" ".join(part.split()) for part in policy.split(";")}


def test_the_page_stands_back_for_the_api(client):
    assert client.head("/").status_code == 200
    assert client.get("/predict").status_code == 405
    assert client.post("/nowhere").status_code == 404
    assert client.get("/../app.py").status_code == 404
    assert client.get("/..%2Fapp.py").status_code == 404
    assert 'path="page",status="200"' in client.get("/metrics").text


def test_a_bundle_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match="holds no model: make it with 'uv run dvc repro'"):
        Bundle.load(tmp_path)


def cut_graph(folder):
    (folder / GRAPH).write_bytes((folder / GRAPH).read_bytes()[:-1])


def lose_graph(folder):
    (folder / GRAPH).unlink()


def cut_manifest(folder):
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:500])


def edit(change):
    def harm(folder):
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        change(manifest)
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")

    return harm


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (cut_graph, "model.onnx is missing or is not what the manifest says"),
        (lose_graph, "model.onnx is missing or is not what the manifest says"),
        (cut_manifest, "manifest.json is damaged"),
        (edit(lambda manifest: manifest.pop("input")), r"manifest.json is damaged \(input"),
        (edit(lambda manifest: manifest.update(format=99)), "has format 99"),
        (edit(lambda manifest: manifest.update(golden=[])), "manifest.json is damaged"),
    ],
)
def test_a_harmed_bundle_is_refused(trained, tmp_path, harm, message):
    folder = tmp_path / "bundle"
    shutil.copytree(trained / BUNDLE, folder)
    harm(folder)
    with pytest.raises(UserError, match=message):
        Bundle.load(folder)


def test_workers_without_a_folder_to_count_in_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with socket.socket() as listener, pytest.raises(UserError, match="set TMPDIR"):
        supervise(uvicorn.Config(""), listener)


def test_a_port_in_use_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"cannot listen on 127.0.0.1:{port}.*--port"):
            listen("127.0.0.1", port)


def test_an_answer_does_not_wait_for_the_client_to_acknowledge_a_part_of_it():
    with listen("127.0.0.1", 0) as listener:
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
