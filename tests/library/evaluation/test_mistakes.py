import numpy as np
import pytest
from ml_portfolio.evaluation.mistakes import (
    class_balance,
    largest_errors,
    most_confident_mistakes,
    simulate_labels,
    target_summary,
)


def test_the_most_confident_mistakes_come_first():
    positive = np.array([0.9, 0.4, 0.8, 0.99])
    probabilities = np.column_stack([1 - positive, positive])
    found = most_confident_mistakes(
        np.array([0, 1, 1, 0]), probabilities, ["no", "yes"], threshold=0.5, count=2
    )
    assert [one["row"] for one in found] == [3, 0]
    assert found[0] == {"row": 3, "truth": "no", "predicted": "yes", "confidence": 0.99}


def test_the_largest_errors_come_first():
    found = largest_errors(np.array([1.0, 2.0, 3.0]), np.array([1.5, 8.0, 1.0]), 2)
    assert [one["row"] for one in found] == [1, 2]
    assert found[0] == {"row": 1, "truth": 2, "predicted": 8, "error": 6}


def test_the_target_is_summarised():
    balance = class_balance(np.array([0, 0, 0, 1]), ["no", "yes", "perhaps"])
    assert balance == {"no": 0.75, "yes": 0.25, "perhaps": 0}
    summary = target_summary(np.array([1.0, 3.0]))
    assert summary == {"mean": 2, "standard deviation": pytest.approx(1)}


def test_labels_are_simulated_as_often_as_they_are_probable():
    shares = np.array([[0.2, 0.3, 0.5], [0.0, 1.0, 0.0]], dtype="float32")
    probabilities = shares.repeat(2000, axis=0)
    labels = np.array(list(simulate_labels(probabilities, "roc_auc", seed=0)))
    assert not list(simulate_labels(probabilities, "accuracy", seed=0))
    for drawn, expected in ((labels[:, :2000], shares[0]), (labels[:, 2000:], shares[1])):
        observed = np.bincount(drawn.ravel(), minlength=3) / drawn.size
        assert observed == pytest.approx(expected, abs=0.01)
