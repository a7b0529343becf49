"""Asks a trained project's server, within this process, thousands of made-up questions.

test_fuzzing.py runs it with the project's Python and schemathesis: fuzzing.py PACKAGE CASES
"""

import json
import sys
from importlib import import_module
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

package, cases = sys.argv[1], int(sys.argv[2])
bundle = import_module(f"{package}.serving.bundle").Bundle.load(Path("models/bundle"))
app = import_module(f"{package}.serving.app").create_app(bundle)
golden = bundle.manifest.golden[0].request
asked: dict[str, int] = {}

# What a schema can say in full is answered when it fits. That a text is a picture it cannot say.
of_pictures = "image" in golden
BEYOND_SCHEMAS = [positive_data_acceptance] if of_pictures else []

thorough = settings(
    max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def note(what: str) -> None:
    asked[what] = asked.get(what, 0) + 1


def hold_to_the_document() -> None:
    """Requests that fit the OpenAPI document and such that do not: each gets what it promises."""
    for found in schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations():
        operation = found.ok()
        if operation.method.upper() == "GET":  # takes nothing: there is one case
            operation.Case().call_and_validate()
            note(operation.label)
            continue
        for mode in GenerationMode:
            hold(operation, mode)


def hold(operation, mode: GenerationMode) -> None:
    @seed(0)
    @thorough
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case) -> None:
        note(f"{operation.label}, {mode.value}")
        case.call_and_validate(excluded_checks=BEYOND_SCHEMAS)

    answers()


NUMBERS = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**400), 2**63, 5e-324, 1.7e308, float("inf"), float("nan")]),
)
WORDS = st.text(st.characters(codec=None), max_size=50)  # halves of letters among them
LEAVES = st.none() | st.booleans() | NUMBERS | WORDS
KEYS = st.sampled_from([*golden, "rows", "__proto__"]) | WORDS
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
CHANGED = st.dictionaries(st.sampled_from(sorted(golden)), TREES, max_size=3).map(
    lambda changes: golden | changes
)
OBJECTS = TREES | CHANGED | st.lists(CHANGED | TREES, max_size=3).map(lambda rows: {"rows": rows})
DOCUMENTS = OBJECTS.map(lambda content: json.dumps(content).encode())


@st.composite
def spoilt(draw) -> bytes:
    """A document some bytes of which were replaced, left out or said twice."""
    content = draw(DOCUMENTS)
    first = draw(st.integers(0, len(content)))
    last = draw(st.integers(first, len(content)))
    return content[:first] + draw(st.binary(max_size=8) | st.just(content)) + content[last:]


def never_fail() -> None:
    """Whatever is sent, the answer is JSON: a prediction, or a problem that is the sender's."""
    client = TestClient(app)  # raises what the app lets through

    @seed(0)
    @thorough
    @given(
        body=st.binary(max_size=200) | DOCUMENTS | spoilt(),
        path=st.sampled_from(["/predict", "/predict/batch"]),
    )
    def answers(body: bytes, path: str) -> None:
        note(f"bytes to {path}")
        response = client.post(path, content=body, headers={"content-type": "application/json"})
        assert response.status_code in (200, 422), (body, response.text)
        # No NaN, which Python's parser would let pass.
        said = json.loads(response.content.decode(), parse_constant=lambda word: 1 / 0)
        if response.status_code == 422:
            assert said["errors"] and said["status"] == 422

    answers()


hold_to_the_document()
never_fail()
print(json.dumps(asked))
