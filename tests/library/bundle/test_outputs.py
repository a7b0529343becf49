"""From the graph's output to an answer."""

import numpy as np
import pytest
from ml_portfolio.bundle.classification import ClassificationOutput, label_sets, predict_labels
from ml_portfolio.bundle.regression import RegressionOutput, clip, half_widths

RIDES = RegressionOutput(
    target="rides",
    unit="rides",
    min=0,
    max=None,
    spread=50,
    confidence=None,
    level_ends=[],
    half_widths=[],
)
KINDS = ClassificationOutput(
    target="kind", labels=["a", "b", "c"], threshold=None, confidence=None, min_probability=None
)


def test_an_answer_is_a_value_with_its_unit():
    assert RIDES.decode(np.array([[3.5], [7.0]])) == [
        {"value": 3.5, "unit": "rides"},
        {"value": 7.0, "unit": "rides"},
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(None, None, [-3, 5, 90]), (0, None, [0, 5, 90]), (0, 60, [0, 5, 60]), (None, 4, [-3, 4, 4])],
)
def test_no_answer_is_outside_the_range_of_the_target(low, high, expected):
    values = np.array([-3.0, 5.0, 90.0])
    output = RIDES.model_copy(update={"min": low, "max": high})
    assert [answer["value"] for answer in output.decode(values)] == expected
    assert clip(values, low, high).tolist() == expected


def test_a_difference_has_no_unit():
    answers = RIDES.decode(np.array([100.0, 110.0]))
    thousands = RIDES.model_copy(update={"spread": 0.05})
    assert RIDES.difference(*answers) == pytest.approx(0.2)
    in_thousands = thousands.decode(np.array([0.1, 0.11]))
    assert thousands.difference(*in_thousands) == pytest.approx(0.2)
    assert RIDES.counted(answers[0]) == "value"


def test_an_interval_is_as_wide_as_its_level_and_within_the_range():
    levels = {"confidence": 0.9, "level_ends": [10.0], "half_widths": [4.0, 30.0]}
    values = np.array([3.0, 10.0, 50.0])
    answers = RIDES.model_copy(update=levels).decode(values)
    assert [(answer["low"], answer["high"]) for answer in answers] == [(0, 7), (6, 14), (20, 80)]
    assert half_widths(values, [10.0], [4.0, 30.0]).tolist() == [4, 4, 30]


def test_answers_follow_the_rules_for_arrays():
    random = np.random.default_rng(0)
    for labels, threshold in ((["a", "b", "c"], None), (["a", "b"], 0.3)):
        probabilities = random.dirichlet([1] * len(labels), 200).astype(np.float32)
        changes = {"threshold": threshold, "confidence": 0.9, "min_probability": 0.35}
        output = KINDS.model_copy(update=changes | {"labels": labels})
        answers = output.decode(probabilities)
        chosen = [labels[place] for place in predict_labels(probabilities, threshold)]
        assert [answer["label"] for answer in answers] == chosen
        sets = label_sets(probabilities, 0.35)
        assert [answer["plausible"] for answer in answers] == [
            [label for label, is_in in zip(labels, row, strict=True) if is_in] for row in sets
        ]
        assert sets.any(axis=1).all()


def test_a_probability_at_the_threshold_is_the_second_class():
    at = np.array([[0.7, 0.3]], np.float32)
    output = KINDS.model_copy(update={"labels": ["a", "b"], "threshold": 0.3})
    assert output.decode(at)[0]["label"] == "b"
    assert predict_labels(at, 0.3).tolist() == [1]


def test_the_largest_gap_of_probabilities_is_the_difference():
    one, other = KINDS.decode(np.array([[0.2, 0.3, 0.5], [0.25, 0.35, 0.4]]))
    assert KINDS.difference(one, other) == pytest.approx(0.1)
    assert KINDS.counted(one) == "c"


def test_answers_are_documented():
    assert [*KINDS.answer_model().model_fields] == ["label", "probabilities", "warnings"]
    sets = KINDS.model_copy(update={"confidence": 0.9, "min_probability": 0.1})
    assert "90%" in sets.answer_model().model_fields["plausible"].description
    assert [*RIDES.answer_model().model_fields] == ["value", "unit", "warnings"]
    intervals = RIDES.model_copy(update={"confidence": 0.8})
    assert "80%" in intervals.answer_model().model_fields["low"].description
