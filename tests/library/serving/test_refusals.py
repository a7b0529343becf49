"""Bad requests: each is refused with its reason, none is a 500."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

JSON = {"content-type": "application/json"}
BROKEN = {
    "nothing": b"",
    "half": b'{"a":',
    "list": b"[]",
    "null": b"null",
    "number": b"1",
    "NaN": b"NaN",
    "infinity": b"-Infinity",
    "too large for a float": b"1e999",
    "many digits": b"9" * 100_000,
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "deep and closed": b"[" * 5_000 + b"]" * 5_000,
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "half a letter": b'{"\\ud800": 1}',
    "zeros": b"\0" * 1_000,
    "XML": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "unknown keys": json.dumps({f"__proto__{n}": n for n in range(10_000)}).encode(),
}
VALUES = {
    "NaN": "NaN",
    "infinity": "Infinity",
    "too large for a float": "1e999",
    "many digits": "1" * 400,
    "true": "true",
    "list": "[[[]]]",
    "object": '{"$gt": ""}',
    "half a letter": '"\\ud800"',
}


def check_problem(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status and problem["title"] and problem["detail"]
    for secret in ("Traceback", "site-packages", ".py", "uvicorn", "starlette", "pydantic.dev"):
        assert secret not in response.text
    assert len(response.content) < 50_000


@pytest.mark.parametrize("path", ["/predict", "/predict/batch"])
@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_body_is_refused(client, path, body):
    check_problem(client.post(path, content=body, headers=JSON), 422)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_bad_value_is_refused(client, sent, value):
    row = json.dumps(sent | {"class": "VALUE"}).replace('"VALUE"', value)
    check_problem(client.post("/predict", content=row, headers=JSON), 422)
    batch = client.post("/predict/batch", content='{"rows": [' + row + "]}", headers=JSON)
    check_problem(batch, 422)
    assert batch.json()["errors"]


def test_of_a_repeated_key_the_last_counts(client, sent):
    body = json.dumps(sent)
    twice = '{"class": "nonsense", ' + body[1:]
    answer = client.post("/predict", content=twice, headers=JSON)
    assert answer.json() == client.post("/predict", content=body, headers=JSON).json()
    turned = body[:-1] + ', "class": []}'
    check_problem(client.post("/predict", content=turned, headers=JSON), 422)


def test_a_mistake_in_a_late_row_is_found_there(client, sent):
    response = client.post("/predict/batch", json={"rows": [sent] * 1500 + [{}]})
    check_problem(response, 422)
    assert response.json()["errors"][0]["loc"][:3] == ["body", "rows", 1500]


def test_only_the_first_bad_row_of_a_batch_is_reported(client, sent):
    response = client.post("/predict/batch", json={"rows": [sent, *[{}] * 1000]})
    check_problem(response, 422)
    assert {mistake["loc"][2] for mistake in response.json()["errors"]} == {1}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/predict", 405),
        ("PUT", "/predict", 405),
        ("POST", "/health", 405),
        ("POST", "/nowhere", 404),
        ("GET", "/%2e%2e/service.py", 404),
        ("GET", "/..%2f..%2fbundle/bundle.py", 404),
        ("GET", "/%00", 404),
        ("GET", "/" + "x" * 5_000, 404),
    ],
)
def test_other_methods_and_paths_are_refused(client, method, path, status):
    check_problem(client.request(method, path), status)


def test_another_content_type_is_refused(client, sent):
    body = json.dumps(sent)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""):
        check_problem(client.post("/predict", content=body, headers={"content-type": kind}), 415)
    with_letters = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post("/predict", content=body, headers=with_letters).status_code == 200


def test_too_many_bytes_are_refused_whether_announced_or_not(guarded):
    client = guarded(max_body_bytes=1_000)
    check_problem(client.post("/predict", content=b" " * 1_001, headers=JSON), 413)
    pieces = (b" " * 100 for _ in range(11))
    check_problem(client.post("/predict", content=pieces, headers=JSON), 413)


def test_too_many_rows_are_refused(guarded, sent):
    client = guarded(max_batch_rows=2)
    assert client.post("/predict/batch", json={"rows": [sent] * 2}).status_code == 200
    check_problem(client.post("/predict/batch", json={"rows": [sent] * 3}), 422)


@pytest.fixture
def slow(table, monkeypatch):
    """slow() makes the model slow, and returns a list that grows with each run of it."""
    runs = []

    def predict(rows):
        runs.append(len(rows))
        time.sleep(0.5)
        return [dict(case.answer) for case in table.manifest.golden[:1] for _ in rows]

    def begin():
        monkeypatch.setattr(table, "predict", predict)
        return runs

    return begin


def test_an_answer_that_takes_too_long_is_given_up(guarded, slow, sent):
    with guarded(timeout=0.2) as client:
        runs = slow()
        response = client.post("/predict/batch", json={"rows": [sent] * 5000})
        check_problem(response, 503)
        assert response.headers["retry-after"]
        time.sleep(1.2)
        assert len(runs) < 5  # the other parts were not computed


def test_too_many_at_once_are_refused_and_the_others_go_on(guarded, slow, sent):
    with guarded(max_concurrent=2) as client, ThreadPoolExecutor(4) as pool:
        slow()

        def ask(_):
            return client.post("/predict/batch", json={"rows": [sent]})

        replies = list(pool.map(ask, range(4)))
        assert sorted(reply.status_code for reply in replies) == [200, 200, 429, 429]
        check_problem(max(replies, key=lambda reply: reply.status_code), 429)
        assert ask(0).status_code == 200


def test_an_answer_that_is_not_a_number_is_refused(client, table, sent, monkeypatch):
    outputs = [np.array([[0.5, np.nan]])]
    monkeypatch.setattr(table, "session", SimpleNamespace(run=lambda names, feeds: outputs))
    for path, body in (("/predict", sent), ("/predict/batch", {"rows": [sent]})):
        response = client.post(path, json=body)
        check_problem(response, 422)
        assert "a number is too large" in response.json()["errors"][0]["msg"]


def test_a_failure_is_a_problem_too_without_details(guarded, table, sent, monkeypatch, caplog):
    client = guarded()

    def fail(rows):
        raise RuntimeError("/secret/path of the server")

    monkeypatch.setattr(table, "predict", fail)
    response = client.post("/predict", json=sent)
    check_problem(response, 500)
    assert "secret" not in response.text
    assert "a request failed" in caplog.text


def test_nothing_is_answered_without_the_api_key(guarded, sent):
    client = guarded(api_key="clé")
    for headers in ({}, {"x-api-key": ""}, {"x-api-key": "cl"}, {"x-api-key": "x" * 10_000}):
        check_problem(client.post("/predict", json=sent, headers=headers), 401)
        check_problem(client.get("/model", headers=headers), 401)
    key = {"x-api-key": "clé".encode()}
    assert client.post("/predict", json=sent, headers=key).status_code == 200
    for path in ("/health", "/ready", "/"):
        assert client.get(path).status_code == 200
    document = client.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["ApiKey"]["name"] == "X-API-Key"
    for path, method in (("/predict", "post"), ("/model", "get")):
        operation = document["paths"][path][method]
        assert operation["security"] == [{"ApiKey": []}] and "401" in operation["responses"]


def test_only_listed_sites_may_ask(client, guarded):
    site = {"origin": "https://a.example"}
    assert "access-control-allow-origin" not in client.get("/health", headers=site).headers
    named = guarded(cors_origins="https://a.example, https://b.example")
    headers = named.get("/health", headers=site).headers
    assert headers["access-control-allow-origin"] == "https://a.example"


def test_every_answer_has_the_headers_that_browsers_obey(client, sent):
    for response in (client.get("/"), client.get("/nowhere"), client.post("/predict")):
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "server" not in response.headers
    assert client.post("/predict", json=sent).headers["cache-control"] == "no-store"
