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


class CommonGates(Strict):
    min_gain: float = Field(gt=0)  # over the baseline, in train.metric
    max_slice_gap: float = Field(gt=0)  # how much worse than all test rows, in train.metric
    max_drift: float | None = Field(gt=0)  # from training to test, as PSI; null: no such gate


def gain(least: float, metrics: Measured, diagnosis: Measured) -> tuple[bool, str]:
    """Whether the gain over the baseline is as large as it must be, by its whole interval."""
    metric, level = metrics["metric"], metrics["intervals"]["level"]
    found = metrics["intervals"]["gain"][metric]
    return found["low"] >= least, (
        f"the gain over the baseline in {metric} is {found['value']:.3g} ({100 * level:g} % "
        f"interval {found['low']:.3g} to {found['high']:.3g}); at least {least:g} is asked"
    )


def slice_gap(most: float, metrics: Measured, diagnosis: Measured) -> tuple[bool, str]:
    """Whether no slice is worse than the whole by more than chance and by more than allowed.

    A slice is judged by the better end of its interval, so that a small one does not fail by noise.
    """
    metric, whole = diagnosis["metric"], diagnosis["overall"]
    sign, best_end = (1, "low") if metric in LOWER_IS_BETTER else (-1, "high")
    gaps = [
        (sign * (each[best_end] - whole), each)
        for each in diagnosis["slices"]
        if is_number(each["value"]) and is_number(each[best_end])
    ]
    sure, worst = max(gaps, key=lambda gap: gap[0])
    by = f"surely worse by {sure:.2g}" if sure > 0 else "which may be noise"
    return sure <= most, (
        f"the worst slice is {worst['by']} = {worst['group']} ({worst['rows']:,} rows): {metric} "
        f"{worst['value']:.3g} ({worst['low']:.3g} to {worst['high']:.3g}) where all rows have "
        f"{whole:.3g}, {by}; {most:g} is allowed"
    )


def drift(most: float, metrics: Measured, diagnosis: Measured) -> tuple[bool, str]:
    """Whether nothing is spread much otherwise in the test rows than in those learnt from."""
    worst = max(diagnosis["drift"], key=lambda trait: trait["psi"])
    return worst["psi"] <= most, (
        f"from training to test, {worst['trait']} shifts most: PSI {worst['psi']:.2g}, at most "
        f"{most:g} is allowed"
    )


@dataclass(frozen=True)
class Gate:
    judge: Callable[[Any, Measured, Measured], tuple[bool, str]]
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
    if holds:
        return Finding(name, "holds", said)
    return Finding(name, "mend", f"{said} (quality.{name})", gate.advice)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
