"""What is weak, ranked by how much each point could change the result.

The yardstick is the main metric. Where a point was measured in it (a group of rows, chance, the
choice), that is its size. Where it concerns a share of the rows (drift, rejected rows),
its size is that share of the way from the baseline to a perfect score: on those rows, nothing
between the two can be ruled out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from ml_portfolio.AMBIGUOUS.metrics import LOWER_IS_BETTER, NAMES
from ml_portfolio.reports.prose import code, is_number, points, sentence, share
from ml_portfolio.reports.results import Results
from ml_portfolio.reports.statements import between, say_duplicates, say_gain, say_leaks, value, where
from ml_portfolio.AMBIGUOUS.reporting.wording import HOLDS, doubts

DRIFTED = 0.1  # a smaller PSI is no change worth a word (Siddiqi 2006, Credit Risk Scorecards)
UNEQUAL = 0.1  # rates that differ by less between groups are not named
WORST = 3  # slices named


@dataclass(frozen=True)
class Weakness:
    title: str
    said: str
    size: float  # by how much the main metric could be another, in its unit
    overturns: bool = False  # the result itself: such a point stands first, whatever its size


def find(results: Results) -> list[Weakness]:
    """Every weak point, that which could change the result most first."""
    found = [
        *of_the_result(results),
        *of_the_choice(results),
        *of_groups(results),
        *of_the_data(results),
        *of_the_answers(results),
    ]
    return sorted(found, key=lambda one: (not one.overturns, -one.size))


def explain(results: Results) -> str:
    """What the number of each point says."""
    return (
        f"The number after each point is how much of the {NAMES[results.metric]} it puts in doubt: "
        "measured or, where a share of the rows is concerned, that share of the way from the "
        "baseline to a perfect score."
    )


def say(results: Results, one: Weakness) -> str:
    """A weakness as a sentence, with what it could do to the main metric."""
    return f"**{one.title} ({value(results, results.metric, one.size)}).** {sentence(one.said)}"


def reach(results: Results) -> float:
    """From the baseline to a perfect score."""
    perfect = 0 if results.metric in LOWER_IS_BETTER else 1
    return abs(perfect - results.metrics["baseline"][results.metric])


def of_the_result(results: Results) -> Iterator[Weakness]:
    """Chance, in the sample of test rows and against the baseline."""
    metric = results.metric
    if not results.beats_the_baseline:
        widest = max(abs(results.gain[end]) for end in ("value", "low", "high"))
        yield Weakness("Not better than the baseline", say_gain(results), widest, overturns=True)
    ends = results.metrics["intervals"]["model"][metric]
    if is_number(ends["low"]):
        off = max(ends["high"] - results.value, results.value - ends["low"])
        said = f"{results.rows:,} other rows of the same kind could give "
        yield Weakness("Chance", f"{said}{between(results, metric, ends)}", off)


def of_the_choice(results: Results) -> Iterator[Weakness]:
    """A simpler candidate that may be as good, and rows that more data would help with."""
    over, chosen, metric = results.metrics["over"], results.metrics["candidate"], results.metric
    if not over["more_than_chance"]:
        said = (
            f"that {code(chosen)} and the simpler {code(over['candidate'])} differ may be chance "
            f"(p = {over['p_value']:.2g}, {over['test']})"
        )
        yield Weakness("A close choice", said, abs(over["difference"]))
    curve = results.diagnosis.get("learning_curve") or []
    if len(curve) > 1:
        before, last = curve[-2:]
        rise = results.worse_by(before["validation"]) - results.worse_by(last["validation"])
        if rise > results.diagnosis["fit"]["noise"]:
            said = (
                f"from {before['rows']:,} to {last['rows']:,} training rows the {NAMES[metric]} on "
                "rows not learnt from still got better: more data would probably help"
            )
            yield Weakness("Still learning", said, rise)


def of_groups(results: Results) -> Iterator[Weakness]:
    """Groups of rows for which the model is surely worse, or which it treats otherwise."""
    metric = results.metric
    worse = [part for part in results.diagnosis["slices"] if part["worse"]]
    for part in sorted(worse, key=lambda part: -part["surely_worse_by"])[:WORST]:
        said = (
            f"for these {part['rows']:,} test rows, {NAMES[metric]} is "
            f"{value(results, metric, part['value'])} ({between(results, metric, part)})"
        )
        if is_number(part["expected"]):
            due = value(results, metric, part["expected"])
            said += f", where its own probabilities lead one to expect {due}"
        yield Weakness(f"Weaker where {where(part)}", said, part["surely_worse_by"])
    for found in results.diagnosis["fairness"]:
        yield from of_a_sensitive_column(results, found)


def of_a_sensitive_column(results: Results, found: dict[str, Any]) -> Iterator[Weakness]:
    """The rate in which its groups differ most, where they do."""
    rates = {"true_positive_rate": "finds", "false_positive_rate": "wrongly sees"}
    rate = max(rates, key=lambda name: found["differences"].get(name) or 0)
    gap = found["differences"].get(rate) or 0
    if gap < UNEQUAL:
        return
    known = {group: one for group, one in found[rate].items() if is_number(one)}
    low, high = min(known, key=lambda k: known[k]), max(known, key=lambda k: known[k])
    said = (
        f"the model {rates[rate]} {code(results.labels[-1])} in {share(known[low])} of cases for "
        f"{code(low)}, and in {share(known[high])} for {code(high)}: {points(gap)} apart"
    )
    yield Weakness(f"Unequal by {code(found['column'])}", said, gap * reach(results))


def of_the_data(results: Results) -> Iterator[Weakness]:
    """What gives the answer away, what is there twice, what changed, what was left aside."""
    whole = reach(results)
    if results.profile.get("leaks"):
        said = f"{say_leaks(results)} Is it known before the answer is"
        yield Weakness("A leak", f"{said}?", whole, overturns=True)
    if results.diagnosis["duplicates"]["test_rows"]:
        without = results.diagnosis["duplicates"]["without"]
        size = whole if without is None else abs(results.value - without)
        said = f"{say_duplicates(results)} On those it may remember, not predict"
        yield Weakness("Duplicates", f"{said}.", size)
    drifted = (one for one in results.diagnosis["drift"] if one["psi"] >= DRIFTED)
    for one in [one for one in drifted if one["psi"] > one["by_chance"]][:1]:
        said = (
            f"test rows are not as training rows were: {code(one['trait'])} changed most "
            f"(population stability index {one['psi']:.2f}, by chance up to {one['by_chance']:.2f})"
        )
        yield Weakness("Drift", said, moved(one["psi"]) * whole)
    rejected = results.profile["rejected"]
    if rejected:
        part = rejected / (rejected + sum(results.profile["splits"].values()))
        said = f"{rejected:,} rows ({share(part)}) broke the schema: nothing is known of the like"
        yield Weakness("Rejected rows", said, part * whole)


def moved(psi: float) -> float:
    """The largest share of rows that such a change can have moved from one kind to another.

    PSI is Jeffreys' divergence, the sum of both Kullback-Leibler divergences; Pinsker's inequality
    bounds the total variation by the root of a half of either, so by the root of a quarter of it.
    """
    return min(1.0, sqrt(max(psi, 0) / 4))


def of_the_answers(results: Results) -> Iterator[Weakness]:
    """What the answers promise and do not keep."""
    whole = reach(results)
    for title, said, part in doubts(results):
        yield Weakness(title, said, part * whole)
    promise = results.metrics.get("conformal")
    if promise and missed(results, promise):
        off = abs(promise["coverage"] - promise["confidence"])
        asked = share(promise["confidence"], 0)
        said = (
            f"{HOLDS} that should hold the truth in {asked} of cases hold it in "
            f"{share(promise['coverage'])} ({share(promise['low'])} to {share(promise['high'])})"
        )
        yield Weakness("Coverage", said, off * whole)


def missed(results: Results, promise: dict[str, float]) -> bool:
    """Whether the share that is covered is surely another than promised.

    A set of classes always holds the likeliest, so it may well hold the truth more often than
    asked. A band that does is wider than it need be.
    """
    if promise["high"] < promise["confidence"]:
        return True
    return not results.labels and promise["low"] > promise["confidence"]
