"""Of many made-up requests none makes a server fail, or answer otherwise than it documents."""

import json
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from library import small_bundles
from ml_portfolio.serving.settings import Settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from your_package.app import create_app

thorough = settings(
    max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
KINDS = ["table", "number", "text", "image"]


def app_of(kind: str) -> Any:
    return create_app(getattr(small_bundles, kind)(), Settings())


@pytest.mark.parametrize("kind", KINDS)
def test_the_api_keeps_to_its_document(kind):
    """Requests that fit the OpenAPI document, and such that do not: each gets what it promises."""
    # A schema cannot express that a text is an image.
    beyond = [positive_data_acceptance] if kind == "image" else []
    asked = {}
    for found in schemathesis.openapi.from_asgi("/openapi.json", app_of(kind)).get_all_operations():
        operation = found.ok()
        if operation.method.upper() == "GET":  # takes nothing: there is one case
            operation.Case().call_and_validate()
        else:
            asked[operation.path] = [fuzz(operation, mode, beyond) for mode in GenerationMode]
    assert ("/predict/upload" in asked) == (kind == "image")
    assert min(map(min, asked.values())) > 10


def fuzz(operation: Any, mode: GenerationMode, beyond: list[Any]) -> int:
    """Send many requests to a route, and return their number."""
    cases = 0

    @seed(0)
    @thorough
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        nonlocal cases
        cases += 1
        case.call_and_validate(excluded_checks=beyond)

    check()
    return cases


NUMBERS = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**400), 2**63, 5e-324, 1.7e308, float("inf"), float("nan")]),
)
WORDS = st.text(st.characters(codec=None), max_size=50)  # halves of surrogate pairs among them
LEAVES = st.none() | st.booleans() | NUMBERS | WORDS


def documents(golden: dict[str, Any]) -> Any:
    """Bodies of JSON: requests with changes, batches of them, and other content."""
    keys = st.sampled_from([*golden, "rows", "counted", "__proto__"]) | WORDS
    trees = st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=10,
    )
    changed = st.dictionaries(st.sampled_from(sorted(golden)), trees, max_size=3).map(
        lambda changes: golden | changes
    )
    batches = st.lists(changed | trees, max_size=3).map(lambda rows: {"rows": rows})
    return (trees | changed | batches).map(lambda content: json.dumps(content).encode())


@st.composite
def corrupted(draw: Any, documents: Any) -> bytes:
    """A document some bytes of which were replaced, left out or repeated."""
    content = draw(documents)
    first = draw(st.integers(0, len(content)))
    last = draw(st.integers(first, len(content)))
    return content[:first] + draw(st.binary(max_size=8) | st.just(content)) + content[last:]


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_json(kind):
    """Whatever is sent, the answer is a prediction, or a problem that is the sender's."""
    client = TestClient(app_of(kind))  # raises what the app does not catch
    sent = documents(getattr(small_bundles, kind)().manifest.golden[0].request)
    statuses = set()

    @seed(0)
    @thorough
    @given(
        body=st.binary(max_size=200) | sent | corrupted(sent),
        path=st.sampled_from(["/predict", "/predict/batch"]),
    )
    def answers(body: bytes, path: str) -> None:
        response = client.post(path, content=body, headers={"content-type": "application/json"})
        assert response.status_code in (200, 422), (body, response.text)
        statuses.add(response.status_code)
        # Strictly: no NaN, which Python's parser would let pass.
        content = json.loads(response.content.decode(), parse_constant=lambda word: 1 / 0)
        if response.status_code == 422:
            assert content["errors"] and content["status"] == 422

    answers()
    assert statuses == {200, 422}
