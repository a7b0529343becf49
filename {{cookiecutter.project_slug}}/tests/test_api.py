"""The server on the small run's model: what it answers, and what it refuses."""

import pytest
from ml_portfolio.config.files import read_json
from ml_portfolio.config.paths import BUNDLE
from small import load_bundle


@pytest.fixture
def golden(in_trained):
    return read_json(BUNDLE / "manifest.json")["golden"]


def test_answers_have_the_parts_and_warnings_of_the_golden_ones(client, golden):
    for case in golden:
        answer = client.post("/predict", json=case["request"]).json()
        assert answer.keys() == case["answer"].keys()
        assert answer["warnings"] == case["answer"]["warnings"]


def test_a_batch_is_answered_in_order(client, golden):
    rows = [case["request"] for case in golden]
    answers = client.post("/predict/batch", json={"rows": rows}).json()["answers"]
    alone = [client.post("/predict", json=row).json() for row in rows]
    difference = load_bundle(BUNDLE).manifest.output.difference
    assert max(map(difference, alone, answers)) < 1e-5
    assert len(answers) == len(rows)


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"no": "field"}'])
def test_a_broken_request_is_refused_with_a_reason(client, body):
    reply = client.post("/predict", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 422
    assert reply.json()["errors"]


def test_it_says_what_it_serves(client, golden):
    assert client.get("/ready").status_code == 200
    assert client.get("/model").json()["golden"] == golden
    assert "predictions_total" in client.get("/metrics").text
    assert "<form" in client.get("/").text
