import numpy as np
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.evaluation.metrics import METRICS, check_metric, direction
from ml_portfolio.evaluation.scores import classification_scores, regression_scores
from sklearn import metrics


def test_known_scores_of_two_classes():
    y = np.array([0, 0, 0, 1, 1])
    positive = np.array([0.1, 0.6, 0.3, 0.8, 0.4])
    scores = classification_scores(y, np.column_stack([1 - positive, positive]))
    assert scores["accuracy"] == pytest.approx(3 / 5)
    assert scores["precision"] == scores["recall"] == scores["f1"] == pytest.approx(1 / 2)
    assert scores["roc_auc"] == pytest.approx(5 / 6)  # of 6 pairs, one is in the wrong order
    assert scores["average_precision"] == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 3)
    assert scores["brier"] == pytest.approx((0.01 + 0.36 + 0.09 + 0.04 + 0.36) / 5)


def test_the_threshold_decides_the_label_only():
    y = np.array([0, 1, 1])
    probabilities = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]])
    low, high = (classification_scores(y, probabilities, threshold) for threshold in (0.2, 0.5))
    assert (low["recall"], high["recall"]) == (1.0, 0.5)
    assert low["roc_auc"] == high["roc_auc"]


def test_a_perfect_prediction_of_three_classes():
    scores = classification_scores(np.array([0, 1, 2, 2]), np.eye(3)[[0, 1, 2, 2]])
    assert all(scores[name] == 1 for name in ("accuracy", "precision", "recall", "f1", "roc_auc"))
    assert scores["brier"] == pytest.approx(0) and scores["log_loss"] == pytest.approx(0)


def test_a_constant_prediction_ranks_nothing():
    y = np.array([0] * 75 + [1] * 25)
    scores = classification_scores(y, np.tile([0.75, 0.25], (100, 1)))
    assert scores["accuracy"] == 0.75 and scores["roc_auc"] == 0.5 and scores["recall"] == 0
    assert scores["brier"] == pytest.approx(0.75 * 0.25)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("classes", [2, 5])
def test_scikit_learn_gives_the_same(classes, weighted):
    random = np.random.default_rng(classes)
    y = random.integers(0, classes, 400)
    shares = (1 + 3 * np.eye(classes)[y]) / (classes + 3)
    probabilities = random.multinomial(10, shares) / 10  # many are equal
    weights = random.integers(0, 4, 400) if weighted else np.ones(400)
    predicted = (probabilities[:, 1] >= 0.5) * 1 if classes == 2 else probabilities.argmax(axis=1)
    truth = (y[:, None] == np.arange(classes)) if classes > 2 else y
    ranked = probabilities if classes > 2 else probabilities[:, 1]
    labels = {"average": "macro" if classes > 2 else "binary", "sample_weight": weights}
    expected = {
        "accuracy": metrics.accuracy_score(y, predicted, sample_weight=weights),
        "precision": metrics.precision_score(y, predicted, **labels),
        "recall": metrics.recall_score(y, predicted, **labels),
        "f1": metrics.f1_score(y, predicted, **labels),
        "roc_auc": metrics.roc_auc_score(truth, ranked, sample_weight=weights),
        "average_precision": metrics.average_precision_score(truth, ranked, sample_weight=weights),
        "brier": metrics.brier_score_loss(y, ranked, sample_weight=weights),
        "log_loss": metrics.log_loss(y, probabilities, sample_weight=weights),
    }
    assert list(expected) == [name for name in METRICS if name in expected]
    if not weighted:
        assert classification_scores(y, probabilities) == pytest.approx(expected)
        return
    found = classification_scores(y, probabilities, weights=weights[:, None].astype("float64"))
    assert {name: value.item() for name, value in found.items()} == pytest.approx(expected)


@pytest.mark.parametrize("weighted", [False, True])
def test_scikit_learn_gives_the_same_for_values(weighted):
    random = np.random.default_rng(0)
    y = random.normal(1e6, 1, 200)  # far from 0, where variances are easily lost
    values = y + random.normal(size=200) / 2
    weights = random.integers(0, 4, 200) if weighted else np.ones(200)
    expected = {
        "mae": metrics.mean_absolute_error(y, values, sample_weight=weights),
        "rmse": metrics.root_mean_squared_error(y, values, sample_weight=weights),
        "r2": metrics.r2_score(y, values, sample_weight=weights),
    }
    found = regression_scores(y, values, weights=weights[:, None].astype("float64"))
    assert {name: value.item() for name, value in found.items()} == pytest.approx(expected)
    if not weighted:
        assert regression_scores(y, values) == pytest.approx(expected)


def test_a_class_that_does_not_occur_is_left_out():
    scores = classification_scores(np.array([0, 0, 2, 2]), np.eye(3)[[0, 0, 2, 0]])
    assert scores["recall"] == pytest.approx((1 + 1 / 2) / 2)
    assert scores["roc_auc"] == pytest.approx((3 / 4 + 3 / 4) / 2)


def test_what_is_not_defined_is_not_a_number():
    one_class = classification_scores(np.array([1, 1]), np.array([[0.2, 0.8], [0.4, 0.6]]))
    assert np.isnan(one_class["roc_auc"]) and one_class["recall"] == 1
    equal = regression_scores(np.full(3, 0.1), np.array([0.1, 0.2, 0.3]))
    assert np.isnan(equal["r2"]) and equal["mae"] == pytest.approx(0.1)


def test_the_mean_explains_nothing_and_the_truth_everything():
    y = np.array([1.0, 5.0, 6.0])
    assert regression_scores(y, np.full(3, y.mean()))["r2"] == pytest.approx(0)
    assert regression_scores(y, y) == {"mae": 0, "rmse": 0, "r2": 1}


def test_every_metric_is_described():
    measured = {
        *classification_scores(np.array([0, 1]), np.eye(2)),
        *regression_scores(np.array([0.0, 1.0]), np.array([0.0, 2.0])),
    }
    assert set(METRICS) == measured
    better_low = {name for name in METRICS if direction(name) == -1}
    assert better_low == {"brier", "log_loss", "mae", "rmse"}
    meanings = [each.meaning.format(positive="“yes”", negative="“no”") for each in METRICS.values()]
    assert not any("{" in meaning for meaning in meanings)


def test_an_unknown_metric_is_named():
    check_metric("mae", {"mae": 1.0})
    with pytest.raises(UserError, match="train.metric 'auc' is not one of accuracy, roc_auc"):
        check_metric("auc", {"accuracy": 1.0, "roc_auc": 1.0})
