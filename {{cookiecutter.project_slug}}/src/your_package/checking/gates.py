"""The quality gates of params.yaml, held against what was measured.

What only one kind of problem has stands in `quality.py`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from ..metrics import LOWER_IS_BETTER
from ..params import Strict
from .findings import RERUN, Finding

Measured = Mapping[str, Any]  # reports/metrics.json or reports/diagnosis.json
Verdict = tuple[bool | None, str]  # whether a gate holds, None where there is nothing to judge


class CommonGates(Strict):
    min_gain: float = Field(gt=0)  # over the baseline, in train.metric
    max_slice_gap: float = Field(gt=0)  # how much worse than all test rows, in train.metric
    max_drift: float | None = Field(gt=0)  # from training to test, as PSI; null: no such gate


def gain(least: float, metrics: Measured, diagnosis: Measured) -> Verdict:
    """Whether the gain over the baseline is as large as it must be, by its whole interval."""
    metric, level = metrics["metric"], metrics["intervals"]["level"]
    found = metrics["intervals"]["gain"][metric]
    return found["low"] >= least, (
        f"the gain over the baseline in {metric} is {found['value']:.3g} ({100 * level:g} % "
        f"interval {found['low']:.3g} to {found['high']:.3g}); at least {least:g} is asked"
    )


def slice_gap(most: float, metrics: Measured, diagnosis: Measured) -> Verdict:
    """Whether no slice is worse than the whole by more than chance and by more than allowed.

    A slice is judged by what is sure (evaluation/slices.py), so that a small one does not fail by
    noise, nor one in which the model's own probabilities lead one to expect no better.
    """
    metric, whole = diagnosis["metric"], diagnosis["overall"]
    sign = 1 if metric in LOWER_IS_BETTER else -1
    found = [each for each in diagnosis["slices"] if is_number(each["value"])]
    if not found:
        lacking = f"no group has 30 test rows in which {metric} can be measured"
        return None, f"{lacking}, so none could be judged"
    worst = max(found, key=lambda each: (each["surely_worse_by"], sign * (each["value"] - whole)))
    if sign * (worst["value"] - whole) <= 0:
        return True, f"no group that could be measured ({len(found)}) is worse than all rows"
    sure, expected = worst["surely_worse_by"], worst["expected"]
    due = f" and its own probabilities promise {expected:.3g}" if is_number(expected) else ""
    by = f"surely worse by {sure:.2g}" if sure else "which may be noise"
    return sure <= most, (
        f"the worst slice is {worst['by']} = {worst['group']} ({worst['rows']:,} rows): {metric} "
        f"{worst['value']:.3g} ({worst['low']:.3g} to {worst['high']:.3g}) where all rows have "
        f"{whole:.3g}{due}, {by}; {most:g} is allowed"
    )


def drift(most: float, metrics: Measured, diagnosis: Measured) -> Verdict:
    """Whether nothing is spread much otherwise in the test rows than in those learnt from.

    Two small samples differ much in any case: only what is above chance counts.
    """
    found = diagnosis["drift"]
    surely = [each for each in found if each["psi"] > most and each["psi"] > each["by_chance"]]
    worst = max(surely or found, key=lambda trait: trait["psi"])
    chance = ""
    if not surely and worst["psi"] > most:
        chance = f", but chance alone explains {worst['by_chance']:.2g} in so few rows"
    return not surely, (
        f"from training to test, {worst['trait']} shifts most: PSI {worst['psi']:.2g}, at most "
        f"{most:g} is allowed{chance}"
    )


@dataclass(frozen=True)
class Gate:
    judge: Callable[[Any, Measured, Measured], Verdict]
    plan: str  # what the evaluation plan says of it, with its {limit} and the {metric}
    advice: str


COMMON = {
    "min_gain": Gate(
        gain,
        "At least {limit} of `{metric}` better than the baseline on the test rows: the lower end "
        "of the 95 % interval of the gain must reach it (`quality.min_gain`).",
        "Find a better model or more data, or say in README.md that it is not worth the effort.",
    ),
    "max_slice_gap": Gate(
        slice_gap,
        "No slice of the test rows is surely worse than all of them by more than {limit} of "
        "`{metric}`: the better end of its interval counts (`quality.max_slice_gap`).",
        "Look at this slice: find more of its rows, or state it as a limit and raise the gate.",
    ),
    "max_drift": Gate(
        drift,
        "Nothing is spread so differently in training and test that its population stability index "
        "is above {limit} (`quality.max_drift`).",
        "Look at what shifted: is it a fault, or is the split like the use? Say which in the plan.",
    ),
}


def judge(
    limits: CommonGates, gates: Mapping[str, Gate], metrics: Measured, diagnosis: Measured
) -> list[Finding]:
    """One finding a gate; what cannot be judged, since a report lacks it, is unseen."""
    return [one(name, getattr(limits, name), gates[name], metrics, diagnosis) for name in gates]


def one(name: str, limit: Any, gate: Gate, metrics: Measured, diagnosis: Measured) -> Finding:
    if limit is None:
        return Finding(name, "note", f"no limit is set for quality.{name} in params.yaml")
    try:
        holds, said = gate.judge(limit, metrics, diagnosis)
    except (KeyError, TypeError, ValueError, IndexError):
        return Finding(name, "unseen", f"nothing in reports/ shows quality.{name}", RERUN)
    if holds is None:
        return Finding(name, "note", said)
    if holds:
        return Finding(name, "holds", said)
    return Finding(name, "mend", f"{said} (quality.{name})", gate.advice)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
