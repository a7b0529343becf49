"""From what a graph gives to an answer."""

import numpy as np
import pytest

from your_package.serving.outputs import OutputSpec, decode, difference

SPEC = OutputSpec(
    target="bikes",
    unit="bikes",
    min=0,
    max=None,
    spread=50,
    confidence=None,
    level_ends=[],
    half_widths=[],
)


def test_an_answer_is_a_value_with_its_unit():
    assert decode(SPEC, np.array([[3.5], [7.0]])) == [
        {"value": 3.5, "unit": "bikes"},
        {"value": 7.0, "unit": "bikes"},
    ]


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(None, None, [-3, 5, 90]), (0, None, [0, 5, 90]), (0, 60, [0, 5, 60]), (None, 4, [-3, 4, 4])],
)
def test_no_answer_is_outside_the_range_of_the_target(low, high, wanted):
    spec = SPEC.model_copy(update={"min": low, "max": high})
    assert [a["value"] for a in decode(spec, np.array([-3.0, 5.0, 90.0]))] == wanted


def test_a_difference_has_no_unit():
    answers = decode(SPEC, np.array([100.0, 110.0]))
    kilo = SPEC.model_copy(update={"spread": 0.05})
    thousandths = decode(kilo, np.array([0.1, 0.11]))
    assert difference(SPEC, *answers) == pytest.approx(0.2)
    assert difference(kilo, *thousandths) == pytest.approx(0.2)


def test_an_interval_is_as_wide_as_its_level_and_within_the_range():
    levels = {"confidence": 0.9, "level_ends": [10.0], "half_widths": [4.0, 30.0]}
    answers = decode(SPEC.model_copy(update=levels), np.array([3.0, 10.0, 50.0]))
    assert [(a["low"], a["high"]) for a in answers] == [(0, 7), (6, 14), (20, 80)]
