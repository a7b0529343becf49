"""Of thousands of made-up requests none makes a server fail, or answer otherwise than it says."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CASES = 1_000  # of each route and kind; Hypothesis stops sooner where there are no more


def test_the_api_keeps_to_its_document_whatever_is_sent(lived):
    script = str(Path(__file__).parent / "fuzzing.py")
    # Owners need not install it. It runs in a copy of the project's environment.
    done = lived.run(
        *("uv", "run", "--quiet", "--with", "schemathesis>=4.32,<5"),
        *("python", script, lived.package, str(CASES)),
    )
    asked = json.loads(done.stdout.splitlines()[-1])
    assert "POST /predict, positive" in asked and "POST /predict, negative" in asked
    assert sum(asked.values()) >= 3 * CASES
