"""Intervals that hold the true value as often as asked for, whatever the model is worth.

Split conformal prediction on the validation split, explained by Angelopoulos & Bates 2021,
https://arxiv.org/abs/2107.07511. Large values mostly have large errors, so each level of predicted
values has a width of its own (Mondrian regression: Boström & Johansson 2020). It holds where
new rows are drawn as those of the validation split were; with a split by time they need not be, and
the test split shows it.
"""

from typing import Any

import numpy as np

from ..serving.outputs import half_widths
from .quantile import conformal_quantile

MOST = 10  # levels
FEWEST = 50  # rows of the validation split, on which the width of a level is settled


def calibrate(y: np.ndarray, values: np.ndarray, confidence: float) -> dict[str, Any]:
    """What the server needs: where levels end, and how far the interval of each reaches."""
    ends = cut(values)
    level, errors = np.searchsorted(ends, values), np.abs(y - values)
    widths = [conformal_quantile(errors[level == k], confidence) for k in range(len(ends) + 1)]
    return {"confidence": confidence, "level_ends": ends, "half_widths": widths}


def cut(values: np.ndarray) -> list[float]:
    """The ends, all but the last, of levels of about as many predicted values [n] each."""
    ordered, ends, begun = np.sort(values), [], 0
    for end in np.quantile(ordered, np.arange(1, MOST) / MOST, method="inverted_cdf"):
        until = np.searchsorted(ordered, end, side="right")
        if until - begun >= FEWEST and len(ordered) - until >= FEWEST:
            ends.append(float(end))
            begun = until
    return ends


def covered(y: np.ndarray, values: np.ndarray, found: dict[str, Any]) -> np.ndarray:
    """Whether each row's interval holds its true value [n]."""
    return np.abs(y - values) <= half_widths(values, found["level_ends"], found["half_widths"])


def describe(values: np.ndarray, found: dict[str, Any]) -> dict[str, float]:
    """How much the intervals leave open: their mean width, in the target's unit."""
    widths = half_widths(values, found["level_ends"], found["half_widths"])
    return {"width": float(2 * widths.mean())}
