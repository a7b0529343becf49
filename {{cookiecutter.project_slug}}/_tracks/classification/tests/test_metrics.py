import numpy as np
import pytest
from sklearn import metrics

from your_package.metrics import score


def test_known_figures_of_two_classes():
    y = np.array([0, 0, 0, 1, 1])
    positive = np.array([0.1, 0.6, 0.3, 0.8, 0.4])
    scores = score(y, np.column_stack([1 - positive, positive]))
    assert scores["accuracy"] == pytest.approx(3 / 5)
    assert scores["precision"] == scores["recall"] == scores["f1"] == pytest.approx(1 / 2)
    assert scores["roc_auc"] == pytest.approx(5 / 6)  # of 6 pairs, one is in the wrong order
    assert scores["average_precision"] == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 3)
    assert scores["brier"] == pytest.approx((0.01 + 0.36 + 0.09 + 0.04 + 0.36) / 5)


def test_the_threshold_decides_the_label_only():
    y = np.array([0, 1, 1])
    probabilities = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]])
    low, high = score(y, probabilities, 0.2), score(y, probabilities, 0.5)
    assert (low["recall"], high["recall"]) == (1.0, 0.5)
    assert low["roc_auc"] == high["roc_auc"]


def test_three_classes_perfectly_told_apart():
    scores = score(np.array([0, 1, 2, 2]), np.eye(3)[[0, 1, 2, 2]])
    assert all(scores[name] == 1 for name in ("accuracy", "precision", "recall", "f1", "roc_auc"))
    assert scores["brier"] == pytest.approx(0) and scores["log_loss"] == pytest.approx(0)


def test_a_constant_answer_is_worth_nothing():
    y = np.array([0] * 75 + [1] * 25)
    scores = score(y, np.tile([0.75, 0.25], (100, 1)))
    assert scores["accuracy"] == 0.75 and scores["roc_auc"] == 0.5 and scores["recall"] == 0
    assert scores["brier"] == pytest.approx(0.75 * 0.25)


@pytest.mark.parametrize("classes", [2, 5])
def test_scikit_learn_says_the_same(classes):
    random = np.random.default_rng(classes)
    y = random.integers(0, classes, 400)
    shares = (1 + 3 * np.eye(classes)[y]) / (classes + 3)
    probabilities = random.multinomial(10, shares) / 10  # many are equal
    chosen = (probabilities[:, 1] >= 0.5) * 1 if classes == 2 else probabilities.argmax(axis=1)
    truth = (y[:, None] == np.arange(classes)) if classes > 2 else y
    ranked = probabilities if classes > 2 else probabilities[:, 1]
    average = "macro" if classes > 2 else "binary"
    wanted = {
        "accuracy": metrics.accuracy_score(y, chosen),
        "precision": metrics.precision_score(y, chosen, average=average),
        "recall": metrics.recall_score(y, chosen, average=average),
        "f1": metrics.f1_score(y, chosen, average=average),
        "roc_auc": metrics.roc_auc_score(truth, ranked),
        "average_precision": metrics.average_precision_score(truth, ranked),
        "brier": metrics.brier_score_loss(y, ranked),
        "log_loss": metrics.log_loss(y, probabilities),
    }
    assert score(y, probabilities) == pytest.approx(wanted)


def test_a_class_that_does_not_occur_is_left_out():
    y = np.array([0, 0, 2, 2])
    scores = score(y, np.eye(3)[[0, 0, 2, 0]])
    assert scores["recall"] == pytest.approx((1 + 1 / 2) / 2)
    assert scores["roc_auc"] == pytest.approx((3 / 4 + 3 / 4) / 2)
