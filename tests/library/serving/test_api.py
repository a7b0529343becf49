"""The routes of an app for each kind of bundle."""

import json
import re

import numpy as np
import pytest
from fastapi.testclient import TestClient
from ml_portfolio.serving.routes import PAGE
from ml_portfolio.serving.settings import Settings

from your_package.app import create_app

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
IMPORTED = re.compile(r'(?:from |import\(|href=|src=)["`]([^"`]+\.(?:js|css))["`]')
JSON = {"content-type": "application/json"}


@pytest.fixture
def of_each_kind(bundle):
    with TestClient(create_app(bundle, Settings())) as client:
        yield client


def test_it_is_alive_and_ready(client):
    assert client.get("/health").json() == {"status": "alive"}
    assert client.get("/ready").json() == {"status": "ready"}


def test_golden_requests_get_their_answers(of_each_kind, bundle):
    manifest = of_each_kind.get("/model").json()
    assert manifest == json.loads(bundle.manifest.model_dump_json())
    difference = bundle.manifest.output.difference
    for case in manifest["golden"]:
        response = of_each_kind.post("/predict", json=case["request"])
        assert response.status_code == 200
        assert response.json().keys() == case["answer"].keys()
        assert difference(case["answer"], response.json()) < 1e-5
        assert response.json()["warnings"] == case["answer"]["warnings"]


def test_a_batch_is_answered_as_its_rows_are(of_each_kind, bundle):
    rows = [case.request for case in bundle.manifest.golden]
    answers = of_each_kind.post("/predict/batch", json={"rows": rows}).json()["answers"]
    alone = [of_each_kind.post("/predict", json=row).json() for row in rows]
    gaps = map(bundle.manifest.output.difference, answers, alone)
    assert np.max([*gaps]) < 1e-5
    assert [each["warnings"] for each in answers] == [each["warnings"] for each in alone]


def test_a_batch_larger_than_a_part_is_answered_in_order(client, table, sent):
    rows = [sent | {"class": place / 1000} for place in range(2500)]
    answers = client.post("/predict/batch", json={"rows": rows}).json()["answers"]
    found = [answer["probabilities"]["yes"] for answer in answers]
    assert len(found) == 2500 and found == sorted(found)


def test_a_long_request_is_answered_too(client, sent):
    long = sent | {'what "was" said': "é" * 2000}  # so many bytes are validated in a thread
    short = client.post("/predict", json=sent | {'what "was" said': "é"})
    assert client.post("/predict", json=long).json() == short.json()
    mistake = client.post("/predict", json=long | {"class": "?"}).json()["errors"]
    assert [each["loc"] for each in mistake] == [["body", "class"]]


def test_the_documentation_is_typed_and_its_example_works(of_each_kind, bundle):
    document = of_each_kind.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    name = bundle.encoder.request.__name__
    post = document["paths"]["/predict"]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": f"#/components/schemas/{name}"}
    assert of_each_kind.post("/predict", json=schemas[name]["examples"][0]).status_code == 200
    answer = post["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Answer"}
    assert schemas["Answer"]["properties"].keys() == bundle.manifest.golden[0].answer.keys()
    refused = post["responses"]["422"]["content"]["application/problem+json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/Problem"}
    batch = schemas["Batch"]["properties"]
    assert batch["rows"]["items"] == body and batch["counted"]["default"] is True
    assert "HTTPValidationError" not in schemas
    assert of_each_kind.get("/docs").status_code == 200


def test_the_page_is_served_with_all_its_files(client):
    files = [path for path in PAGE.rglob("*") if path.is_file()]
    assert len(files) > 15
    for path in files:
        name = path.relative_to(PAGE).as_posix()
        reply = client.get(f"/{name}")
        assert reply.status_code == 200, name
        assert reply.headers["content-type"].startswith(TYPES[path.suffix])
        assert reply.headers["cache-control"] == "no-cache"
    assert client.get("/").content == (PAGE / "index.html").read_bytes()


@pytest.mark.parametrize("kind", ["table", "text", "image"])
@pytest.mark.parametrize("task", ["classification", "regression"])
def test_what_the_page_imports_is_there(kind, task):
    seen, to_see = set(), {PAGE / "index.html"}
    while to_see:
        file = to_see.pop()
        seen.add(file)
        text = file.read_text(encoding="utf-8")
        text = text.replace("${manifest.input.kind}", kind).replace("${manifest.output.task}", task)
        used = {(file.parent / name).resolve() for name in IMPORTED.findall(text)}
        to_see |= {path for path in used - seen if "{" not in path.name}
    folders = {path.parent.name for path in seen if path.exists()} - {"page"}
    assert folders == {kind, task}
    assert all(path.is_file() for path in seen)
    modules = {path.name for path in seen if path.parent.name in (kind, task)}
    assert modules == {"input.js", "encode.js", "changes.js", "answer.js", "decode.js"}


def test_the_server_allows_its_page_no_more_than_the_page_does_itself(client):
    page = client.get("/")
    own = re.search(r'Content-Security-Policy" content="([^"]+)"', page.text)[1]
    own = own.replace(" 'wasm-unsafe-eval'", "")  # for the model, where there is no server
    sent = page.headers["content-security-policy"]
    assert directives(sent) == directives(own) | {"frame-ancestors 'none'"}


def directives(policy):
    return {" ".join(part.split()) for part in policy.split(";")}


def test_the_page_leaves_other_paths_to_the_api(client):
    assert client.head("/").status_code == 200
    assert client.get("/predict").status_code == 405
    assert client.post("/nowhere").status_code == 404
    assert client.get("/../service.py").status_code == 404
    assert client.get("/..%2Fservice.py").status_code == 404
    assert 'path="page",status="200"' in client.get("/metrics").text
