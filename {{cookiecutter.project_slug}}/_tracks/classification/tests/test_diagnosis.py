"""What is planted must be found: a weak slice, and learning too much or too little."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from your_package.evaluation.fit import measure_gap
from your_package.evaluation.held_out import HeldOut
from your_package.evaluation.review import draw_truths
from your_package.evaluation.slices import group, measure_slices
from your_package.metrics import score

ROWS = 600


def held_out(right: np.ndarray) -> HeldOut:
    """Rows of two classes; what a model says is right where it is asked to be."""
    y = np.arange(len(right)) % 2
    said = np.where(right, y, 1 - y)
    model = np.column_stack([0.9 - 0.8 * said, 0.1 + 0.8 * said])
    baseline = np.tile([0.5, 0.5], (len(y), 1))
    return HeldOut(None, y, model, baseline, np.arange(len(y)))


def some_right(share: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(size=ROWS) < share


def test_a_weak_slice_is_found_and_comes_first():
    side = np.repeat(["good", "bad", "few"], [400, 180, 20])
    test = held_out(np.where(side == "bad", some_right(0.6), some_right(0.95)))
    groups = pd.DataFrame({"side": side, "chance": np.tile(["x", "y"], ROWS // 2)})
    found = measure_slices(test, groups, "accuracy", partial(score, threshold=0.5), seed=0)
    assert [one["group"] for one in found if one["worse"]] == ["bad"]
    first = found[0]
    assert (first["by"], first["group"], first["rows"]) == ("side", "bad", 180)
    assert first["low"] < first["value"] < first["high"] < 0.8
    assert "few" not in [one["group"] for one in found]  # of 20 rows nothing can be said


def test_a_metric_that_a_slice_does_not_have_is_left_out():
    test = held_out(some_right(0.9))
    classes = pd.DataFrame({"class": test.y.astype(str)})
    assert measure_slices(test, classes, "roc_auc", partial(score, threshold=0.5), 0) == []
    assert len(measure_slices(test, classes, "accuracy", partial(score, threshold=0.5), 0)) == 2


def test_lower_is_better_for_some_metrics():
    side = np.repeat(["good", "bad"], [400, 200])
    test = held_out(np.where(side == "bad", some_right(0.6), some_right(0.95)))
    found = measure_slices(test, pd.DataFrame({"side": side}), "brier", partial(score), seed=0)
    assert found[0]["group"] == "bad" and found[0]["worse"] and not found[1]["worse"]


def truthful(seed: int, rows: int = 1500) -> tuple[HeldOut, pd.DataFrame]:
    """Rows whose class is drawn from what the model says, and a feature that it goes by."""
    random = np.random.default_rng(seed)
    feature = random.normal(size=rows)
    positive = 1 / (1 + np.exp(-3 * feature - random.normal(size=rows)))
    y = (random.random(rows) < positive).astype(int)
    model = np.column_stack([1 - positive, positive])
    test = HeldOut(None, y, model, np.tile([0.5, 0.5], (rows, 1)), np.arange(rows))
    parts = pd.qcut(feature, 6, labels=list("abcdef")).astype(object)
    return test, pd.DataFrame({"feature": parts, "class": y.astype(str)})


@pytest.mark.parametrize("metric", ["roc_auc", "average_precision"])
def test_what_a_group_is_by_nature_is_no_weakness(metric):
    """Within a narrow range of what the model goes by, no model could rank as well as over all."""
    found = []
    for seed in range(6):
        test, groups = truthful(seed)
        drawn = draw_truths(test.model, metric, seed)
        whole = score(test.y, test.model)[metric]
        for one in measure_slices(test, groups, metric, score, seed, drawn):
            found.append((one["worse"], one["high"] < whole))
    flagged, below_all = np.mean(found, axis=0)
    assert flagged <= 0.06 and below_all > 0.2


def test_a_group_that_is_worse_than_its_probabilities_promise_is_found():
    test, groups = truthful(0)
    weak = np.flatnonzero(groups["feature"] == "c")
    test.y[weak] = np.random.default_rng(1).permutation(test.y[weak])
    first, *_ = measure_slices(
        test, groups[["feature"]], "roc_auc", score, 0, draw_truths(test.model, "roc_auc", 0)
    )
    assert first["group"] == "c" and first["worse"] and 0 < first["surely_worse_by"] < 0.5
    whole = score(test.y, test.model)["roc_auc"]
    assert first["value"] < first["high"] < first["expected"] < whole


def test_numbers_are_parted_in_words_that_can_be_read():
    names = group(pd.Series(np.arange(100.0)))
    assert list(names.cat.categories) == [
        "up to 24.8",
        "over 24.8 to 49.5",
        "over 49.5 to 74.2",
        "over 74.2",
    ]
    assert set(group(pd.Series([1.0, 2.0, 2.0]))) == {"1", "2"}


@pytest.mark.parametrize(
    ("seen", "unseen", "said"),
    [(0.99, 0.80, "(overfitting)"), (0.85, 0.84, "no overfitting"), (0.52, 0.5, "(underfitting)")],
)
def test_too_much_by_heart_and_too_little(seen, unseen, said):
    rows = held_out(some_right(seen)), held_out(some_right(unseen, seed=1))
    found = measure_gap(*rows, "accuracy", partial(score, threshold=0.5), seed=0)
    assert said in found["said"]
    assert found["gap"] == pytest.approx(found["train"] - found["validation"])
