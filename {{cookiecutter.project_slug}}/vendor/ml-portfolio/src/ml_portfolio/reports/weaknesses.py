"""What is weak, ranked by how much each point could change the result.

Sizes are in the unit of the main metric. Where a point was measured in it (a group of rows,
chance, the choice), that is its size. Where it concerns a share of the rows (drift, rejected rows),
its size is that share of the distance from the baseline to a perfect score: on those rows, anything
between the two is possible. The sentences are in templates/weaknesses.j2, by the point's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from ml_portfolio.reports.formatting import is_number
from ml_portfolio.reports.results import Results

MIN_DRIFT = 0.1  # a smaller PSI is not worth mentioning (Siddiqi 2006, Credit Risk Scorecards)
MIN_INEQUALITY = 0.1  # rates that differ by less between groups are not named
MIN_CALIBRATION_ERROR = 0.05
MAX_SLICES = 3  # named


@dataclass(frozen=True)
class Weakness:
    """A weak point; size: by how much it could change the main metric, in its unit."""

    name: str
    size: float
    facts: dict[str, Any] = field(default_factory=dict)
    overturns: bool = False  # puts the result itself in doubt, and ranks first


def find_weaknesses(results: Results) -> list[Weakness]:
    """Return every weak point; the one that could change the result most comes first."""
    found = [
        *of_the_result(results),
        *of_the_choice(results),
        *of_groups(results),
        *of_the_data(results),
        *of_the_predictions(results),
    ]
    return sorted(found, key=lambda one: (not one.overturns, -one.size))


def distance_to_perfect(results: Results) -> float:
    """Return how far the baseline is from a perfect score."""
    perfect = 0 if results.describe().lower_is_better else 1
    return abs(perfect - float(results.metrics["baseline"][results.metric]))


def of_the_result(results: Results) -> Iterator[Weakness]:
    """Yield chance, in the sample of test rows and against the baseline."""
    if not results.gain["low"] > 0:
        widest = max(abs(results.gain[end]) for end in ("value", "low", "high"))
        yield Weakness("not_better", widest, overturns=True)
    ends = results.metrics["intervals"]["model"][results.metric]
    if is_number(ends["low"]):
        width = max(ends["high"] - results.value, results.value - ends["low"])
        yield Weakness("sampling_error", width, ends)


def of_the_choice(results: Results) -> Iterator[Weakness]:
    """Yield a simpler candidate that may be as good, and that more data would help."""
    compared = results.metrics["choice"]["compared_with"]
    if not compared["significant"]:
        yield Weakness("close_choice", abs(compared["difference"]), compared)
    if (rise := last_rise(results)) > results.diagnosis["generalization"]["noise"]:
        before, last = results.diagnosis["learning_curve"][-2:]
        yield Weakness("more_data", rise, {"before": before["rows"], "after": last["rows"]})


def last_rise(results: Results) -> float:
    """Return how much better the last rows made the metric on validation rows; 0: not measured."""
    curve = results.diagnosis.get("learning_curve") or []
    if len(curve) < 2:
        return 0.0
    before, last = curve[-2:]
    return results.worse_by(before["validation"]) - results.worse_by(last["validation"])


def of_groups(results: Results) -> Iterator[Weakness]:
    """Yield groups of rows for which the model is worse, or which it treats differently."""
    worse = [part for part in results.diagnosis["slices"] if part["worse"]]
    for part in sorted(worse, key=lambda part: -part["surely_worse_by"])[:MAX_SLICES]:
        yield Weakness("weak_group", part["surely_worse_by"], part)
    for found in results.diagnosis["fairness"]:
        rates = ("true_positive_rate", "false_positive_rate")
        rate = max(rates, key=lambda name: found["differences"].get(name) or 0)
        gap = found["differences"].get(rate) or 0
        if gap < MIN_INEQUALITY:
            continue
        known = {group: value for group, value in found[rate].items() if is_number(value)}
        low, high = min(known, key=lambda k: known[k]), max(known, key=lambda k: known[k])
        ends = {"low": low, "low_rate": known[low], "high": high, "high_rate": known[high]}
        facts = {"column": found["column"], "rate": rate, "gap": gap, **ends}
        yield Weakness("unequal", gap * distance_to_perfect(results), facts)


def of_the_data(results: Results) -> Iterator[Weakness]:
    """Yield leaks, duplicates, drift and rejected rows."""
    distance, profile = distance_to_perfect(results), results.profile
    if profile.get("leaks"):
        yield Weakness("leak", distance, overturns=True)
    duplicates = results.diagnosis["duplicates"]
    if duplicates["test_rows"]:
        without = duplicates["without"]
        yield Weakness("duplicates", distance if without is None else abs(results.value - without))
    drifted = (one for one in results.diagnosis["drift"] if one["psi"] >= MIN_DRIFT)
    for one in [one for one in drifted if one["psi"] > one["by_chance"]][:1]:
        yield Weakness("drift", moved_share(one["psi"]) * distance, one)
    if rejected := profile["rejected"]:
        share = rejected / (rejected + sum(profile["splits"].values()))
        yield Weakness("rejected", share * distance, {"rows": rejected, "share": share})


def moved_share(psi: float) -> float:
    """Return the largest share of rows that such a drift can have moved from one value to another.

    PSI is Jeffreys' divergence, the sum of both Kullback-Leibler divergences; Pinsker's inequality
    bounds the total variation by the root of a half of either, so by the root of a quarter of it.
    """
    return min(1.0, sqrt(max(psi, 0) / 4))


def of_the_predictions(results: Results) -> Iterator[Weakness]:
    """Yield probabilities, label sets and intervals that are not what they promise."""
    distance = distance_to_perfect(results)
    if calibration := results.metrics.get("calibration"):
        error = calibration["expected_calibration_error"]
        if error >= max(MIN_CALIBRATION_ERROR, calibration["by_chance"]):
            yield Weakness("calibration", error * distance)
    promise = results.metrics.get("conformal")
    if promise and misses(results, promise):
        gap = abs(promise["coverage"] - promise["confidence"])
        yield Weakness("coverage", gap * distance, promise)


def misses(results: Results, promise: dict[str, float]) -> bool:
    """Return whether the coverage surely differs from what was promised.

    A set of classes always holds the likeliest one, so it may well hold the true one more often
    than asked. An interval that does is wider than it has to be.
    """
    if promise["high"] < promise["confidence"]:
        return True
    return not results.labels and promise["low"] > promise["confidence"]
