import numpy as np
import pytest

from your_package.evaluation.conformal import calibrate, covered, describe
from your_package.serving.outputs import OutputSpec, decode


@pytest.mark.parametrize("classes", [2, 5])
def test_as_many_are_covered_as_asked_for(classes):
    random = np.random.default_rng(0)

    def draw(rows):
        y = random.integers(0, classes, rows)
        shares = random.dirichlet(np.ones(classes), rows) + 0.3 * np.eye(classes)[y]
        return y, shares / shares.sum(axis=1, keepdims=True)

    found = calibrate(*draw(4000), 0.9)
    y, probabilities = draw(20_000)
    assert covered(y, probabilities, found).mean() == pytest.approx(0.9, abs=0.02)
    assert 1 <= describe(probabilities, found)["size"] < classes


def test_sets_are_answered_where_they_are_asked_for():
    spec = OutputSpec(
        target="x", labels=["a", "b", "c"], threshold=None, confidence=0.9, set_from=0.3
    )
    probabilities = np.array([[0.6, 0.3, 0.1], [0.9, 0.1, 0.0]])
    assert [each["plausible"] for each in decode(spec, probabilities)] == [["a", "b"], ["a"]]
    unasked = spec.model_copy(update={"confidence": None, "set_from": None})
    assert "plausible" not in decode(unasked, probabilities)[0]


def test_a_set_is_never_empty():
    spec = OutputSpec(target="x", labels=["a", "b"], threshold=0.5, confidence=0.5, set_from=0.8)
    assert decode(spec, np.array([[0.6, 0.4]]))[0]["plausible"] == ["a"]
