"""Weak points are found, ranked by what they could change, and put into words."""

from dataclasses import replace

import numpy as np
import pytest
from ml_portfolio.reports.weaknesses import find_weaknesses, moved_share


def found(results, **diagnosis):
    return find_weaknesses(replace(results, diagnosis=results.diagnosis | diagnosis))


def named(weaknesses, name):
    return next((one for one in weaknesses if one.name == name), None)


def with_metrics(results, **changed):
    return replace(results, metrics=results.metrics | changed)


def test_planted_duplicates_weigh_what_the_result_is_worth_without_them(results):
    def weigh(rows, without):
        planted = {"test_rows": rows, "share": rows / 100, "without": without}
        return named(found(results, duplicates=planted), "duplicates")

    assert weigh(1, results.value - 0.2).size == pytest.approx(0.2)
    assert weigh(100, None).size > 0.2
    assert not weigh(0, results.value)


def test_planted_drift_is_named(results, say):
    small = {"trait": "y", "psi": 3.0, "by_chance": 4.0, "ks": None}
    calm, moved = (
        [small, {"trait": "x", "psi": psi, "by_chance": 0.01, "ks": None}] for psi in (0.05, 2.0)
    )
    assert not named(found(results, drift=calm), "drift")
    drift = named(found(results, drift=moved), "drift")
    assert "`x` changed most" in say("weaknesses.weakness", results, drift)


def test_no_drift_moves_more_rows_than_the_bound():
    random = np.random.default_rng(0)
    for _ in range(200):
        p, q = random.dirichlet(np.ones(6), 2)
        psi = float(((q - p) * np.log(q / p)).sum())
        assert abs(p - q).sum() / 2 <= moved_share(psi) <= 1
    assert moved_share(0) == 0


def test_a_leak_ranks_first(results, say):
    leaky = replace(results, profile=results.profile | {"leaks": [{"from": "x", "strength": 1.0}]})
    first = find_weaknesses(leaky)[0]
    assert first.name == "leak"
    text = say("weaknesses.weakness", leaky, first)
    assert text.startswith("**A possible leak (") and "`x` nearly gives the target away." in text


def test_a_worthless_model_is_called_so(results, say):
    intervals = results.metrics["intervals"]
    gain = intervals["gain"] | {results.metric: {"value": 0.0, "low": -0.1, "high": 0.1}}
    no_better = with_metrics(results, intervals=intervals | {"gain": gain})
    weak = named(find_weaknesses(no_better), "not_better")
    assert weak.overturns
    assert "which may be chance" in say("weaknesses.weakness", no_better, weak)
    assert not named(find_weaknesses(results), "not_better")


def groups(results, *sure):
    """Groups that are worse than all rows; `sure` is by how much they surely are."""
    value = results.value + (0.3 if results.worse_by(results.value + 1) > 0 else -0.3)
    shared = {"by": "b", "rows": 50, "sensitive": False, "expected": results.value}
    ends = {"value": value, "low": value - 0.1, "high": value + 0.1}
    return [
        {**shared, **ends, "group": str(n), "worse": by > 0, "surely_worse_by": by}
        for n, by in enumerate(sure)
    ]


def test_a_group_counts_by_what_is_sure(results, say):
    weak = [
        one for one in found(results, slices=groups(results, 0.2, 0)) if one.name == "weak_group"
    ]
    assert [one.size for one in weak] == [0.2]
    text = say("weaknesses.weakness", results, weak[0])
    assert text.startswith("**Weaker where `b` is `0` (") and "own probabilities predict" in text


def test_the_caption_names_the_weakest_group(results, say):
    def caption(slices):
        known = replace(results, diagnosis=results.diagnosis | {"slices": slices})
        return say("figures.caption", known, "slices")

    text = caption(groups(results, 0.2, 0))
    assert "where `b` is `0`" in text and text.endswith(
        "1 of 2 groups is worse by more than chance explains."
    )
    assert caption(groups(results, 0)).endswith("No group is worse by more than chance explains.")
    (alone,) = groups(results, 0.2)
    assert "own probabilities" not in caption([alone | {"expected": None}])
    better = alone | {"value": results.value, "worse": False}
    assert caption([better]) == "None of the 1 groups is worse than all rows together."
    assert caption([]) == "No group was large enough to be measured."


def test_unequal_rates_of_a_sensitive_column(classifier, say):
    rates = {"true_positive_rate": {"x": 0.5, "y": 0.7, "z": None}}
    fairness = [{"column": "sex", **rates, "differences": {"true_positive_rate": 0.2}}]
    weak = named(found(classifier, fairness=fairness), "unequal")
    assert weak.size == pytest.approx(0.2 * 0.5)
    assert (
        "Of the rows that are `high`, the model finds 50.0 % where `sex` is `x`, and 70.0 % where "
        "it is `y`: 20.0 percentage points apart."
    ) in say("weaknesses.weakness", classifier, weak)
    little = [{"column": "sex", **rates, "differences": {"true_positive_rate": 0.05}}]
    assert not named(found(classifier, fairness=little), "unequal")


@pytest.mark.parametrize(("rise", "learning"), [(0.001, False), (0.03, True)])
def test_more_data_are_asked_for_where_they_surely_helped(results, say, rise, learning):
    """On validation rows whose noise is 0.02 of the metric."""
    better = 0.5 + (rise if results.worse_by(results.value + 1) < 0 else -rise)
    curve = [
        {"rows": rows, "train": 0.5, "validation": value}
        for rows, value in ((9, 0.5), (99, better))
    ]
    gap = results.diagnosis["generalization"] | {"noise": 0.02, "verdict": "none"}
    diagnosis = results.diagnosis | {"learning_curve": curve, "generalization": gap}
    measured = replace(results, diagnosis=diagnosis)
    assert bool(named(find_weaknesses(measured), "more_data")) == learning
    caption = say("figures.caption", measured, "learning_curve")
    assert ("no better by more than chance explains" in caption) != learning


@pytest.mark.parametrize(
    ("error", "chance", "weak"),
    [(0.049, 0.01, False), (0.2, 0.01, True), (0.2, 0.25, False)],
)
def test_badly_calibrated_probabilities_are_a_weakness(classifier, error, chance, weak):
    calibration = {"expected_calibration_error": error, "by_chance": chance}
    known = with_metrics(classifier, calibration=calibration)
    assert bool(named(find_weaknesses(known), "calibration")) == weak


@pytest.mark.parametrize(("low", "high", "weak"), [(0.94, 0.97, False), (0.82, 0.87, True)])
def test_sets_that_cover_more_than_they_promise_are_no_weakness(classifier, low, high, weak):
    ends = {"coverage": (low + high) / 2, "low": low, "high": high}
    known = with_metrics(classifier, conformal=classifier.metrics["conformal"] | ends)
    assert bool(named(find_weaknesses(known), "coverage")) == weak


def test_intervals_that_do_not_hold_are_a_weakness(regression):
    """80 % instead of 90 %: a tenth of the distance from the baseline to no error at all."""
    assert named(find_weaknesses(regression), "coverage").size == pytest.approx(0.1 * 42.0)
    for low, weak in ((0.88, False), (0.91, True)):  # those that are too wide are one, too
        ends = {"low": low, "high": 0.92}
        held = with_metrics(regression, conformal=regression.metrics["conformal"] | ends)
        assert bool(named(find_weaknesses(held), "coverage")) == weak


def test_a_close_choice_and_rejected_rows(results, say):
    choice = results.metrics["choice"]
    close = choice | {"compared_with": choice["compared_with"] | {"significant": False}}
    weak = find_weaknesses(with_metrics(results, choice=close))
    assert "simpler `line` may be chance" in say(
        "weaknesses.weakness", results, named(weak, "close_choice")
    )
    broken = replace(results, profile=results.profile | {"rejected": 1})
    text = say("weaknesses.weakness", broken, named(find_weaknesses(broken), "rejected"))
    assert "1 row broke the rules of the schema and was rejected." in text


def test_they_are_ranked(results):
    sizes = [one.size for one in find_weaknesses(results) if not one.overturns]
    assert sizes and sizes == sorted(sizes, reverse=True)
