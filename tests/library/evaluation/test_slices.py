"""A weak slice that is planted is found, and one that is weak by nature is not called so."""

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.evaluation.mistakes import simulate_labels
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.scores import classification_scores, regression_scores
from ml_portfolio.evaluation.slices import group, measure_slices

ROWS = 600


def held_out(right: np.ndarray) -> HeldOut:
    """Rows of two classes, and a model that is right where it is asked to be."""
    y = np.arange(len(right)) % 2
    predicted = np.where(right, y, 1 - y)
    model = np.column_stack([0.9 - 0.8 * predicted, 0.1 + 0.8 * predicted])
    baseline = np.tile([0.5, 0.5], (len(y), 1))
    return HeldOut(y, model, baseline, np.arange(len(y)))


def some_right(share: float) -> np.ndarray:
    return np.random.default_rng(0).uniform(size=ROWS) < share


def test_a_weak_slice_comes_first():
    side = np.repeat(["good", "bad", "few"], [400, 180, 20])
    test = held_out(np.where(side == "bad", some_right(0.6), some_right(0.95)))
    traits = pd.DataFrame({"side": side, "chance": np.tile(["x", "y"], ROWS // 2)})
    found = measure_slices(test, traits, "accuracy", classification_scores, seed=0)
    assert [one["group"] for one in found if one["worse"]] == ["bad"]
    first = found[0]
    assert (first["by"], first["group"], first["rows"]) == ("side", "bad", 180)
    assert first["low"] < first["value"] < first["high"] < 0.8
    assert "few" not in [one["group"] for one in found]  # 20 rows are too few


def test_a_slice_in_which_the_metric_is_undefined_is_left_out():
    test = held_out(some_right(0.9))
    classes = pd.DataFrame({"class": test.y.astype(str)})
    assert measure_slices(test, classes, "roc_auc", classification_scores, 0) == []
    assert len(measure_slices(test, classes, "accuracy", classification_scores, 0)) == 2


def test_lower_is_better_for_some_metrics():
    side = np.repeat(["good", "bad"], [400, 200])
    test = held_out(np.where(side == "bad", some_right(0.6), some_right(0.95)))
    traits = pd.DataFrame({"side": side})
    bad, good = measure_slices(test, traits, "brier", classification_scores, seed=0)
    assert bad["group"] == "bad" and bad["worse"] and not good["worse"]


def calibrated(seed: int, classes: int = 2, rows: int = 1500) -> tuple[HeldOut, pd.DataFrame]:
    """Rows whose class is drawn from the model's probabilities, and a feature that it uses."""
    random = np.random.default_rng(seed)
    feature = random.normal(size=rows)
    positive = 1 / (1 + np.exp(-3 * feature - random.normal(size=rows)))
    others = random.dirichlet(np.ones(classes - 1), rows)
    model = np.column_stack([others * (1 - positive)[:, None], positive])
    y = (random.random((rows, 1)) > model.cumsum(axis=1)[:, :-1]).sum(axis=1)
    uniform = np.full((rows, classes), 1 / classes)
    parts = pd.qcut(feature, 6, labels=list("abcdef")).astype(object)
    traits = pd.DataFrame({"feature": parts, "class": y.astype(str)})
    return HeldOut(y, model, uniform, np.arange(rows)), traits


@pytest.mark.parametrize("metric", ["roc_auc", "average_precision"])
def test_a_slice_that_is_hard_by_nature_is_no_weakness(metric):
    """Within a narrow range of its main feature, no model ranks as well as over all rows."""
    found = []
    for seed in range(6):
        test, traits = calibrated(seed)
        labels = simulate_labels(test.model, metric, seed)
        overall = classification_scores(test.y, test.model)[metric]
        for one in measure_slices(test, traits, metric, classification_scores, seed, labels):
            found.append((one["worse"], one["high"] < overall))
    worse, below_all = np.mean(found, axis=0)
    assert worse <= 0.06 and below_all > 0.2


@pytest.mark.parametrize("classes", [2, 3])
def test_what_is_expected_is_the_mean_of_simulated_labels(classes):
    test, traits = calibrated(0, classes)
    labels = list(simulate_labels(test.model, "roc_auc", 0))
    found = measure_slices(test, traits[["feature"]], "roc_auc", classification_scores, 0, labels)

    def mean_auc(rows):
        scores = [classification_scores(y[rows], test.model[rows])["roc_auc"] for y in labels]
        return np.mean(scores)

    overall = classification_scores(test.y, test.model)["roc_auc"]
    for one in found:
        rows = np.flatnonzero(traits["feature"] == one["group"])
        gap = mean_auc(rows) - mean_auc(np.arange(len(test.y)))
        assert one["expected"] == pytest.approx(overall + gap)


def test_a_slice_that_is_worse_than_its_probabilities_promise_is_found():
    test, traits = calibrated(0)
    weak = np.flatnonzero(traits["feature"] == "c")
    test.y[weak] = np.random.default_rng(1).permutation(test.y[weak])
    labels = simulate_labels(test.model, "roc_auc", 0)
    first, *_ = measure_slices(
        test, traits[["feature"]], "roc_auc", classification_scores, 0, labels
    )
    assert first["group"] == "c" and first["worse"] and 0 < first["surely_worse_by"] < 0.5
    overall = classification_scores(test.y, test.model)["roc_auc"]
    assert first["value"] < first["high"] < first["expected"] < overall


def test_a_slice_of_values_is_compared_with_all_rows():
    errors = np.random.default_rng(0).normal(0, np.repeat([1, 3], [300, 100]))
    test = HeldOut(errors, np.zeros(400), np.ones(400), np.arange(400))
    traits = pd.DataFrame({"side": np.repeat(["near", "far"], [300, 100])})
    labels = simulate_labels(test.model, "mae", 0)
    far, near = measure_slices(test, traits, "mae", regression_scores, 0, labels)
    overall = regression_scores(test.y, test.model)["mae"]
    assert far["group"] == "far" and far["worse"] and not near["worse"]
    assert np.isnan(far["expected"])
    assert far["surely_worse_by"] == pytest.approx(far["low"] - overall)


def test_many_numbers_are_grouped_by_quantiles():
    names = list(group(pd.Series(np.arange(100.0))).cat.categories)
    assert names == ["up to 24.8", "over 24.8 to 49.5", "over 49.5 to 74.2", "over 74.2"]
    assert set(group(pd.Series([1.0, 2.0, 2.0]))) == {"1", "2"}
    dates = pd.Series(pd.date_range("2024-01-01", periods=100))
    assert group(dates).cat.categories[0] == "up to 2024-01-25"
