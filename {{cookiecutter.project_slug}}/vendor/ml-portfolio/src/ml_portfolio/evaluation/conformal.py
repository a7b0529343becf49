"""Split conformal prediction: label sets and intervals that contain the truth as often as asked.

They are calibrated on the validation split and hold for any model, where new rows are drawn as
those of that split were; the test split checks it. Angelopoulos & Bates 2021,
https://arxiv.org/abs/2107.07511; label sets: Sadinle et al. 2019 (least ambiguous sets).
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ml_portfolio.bundle.classification import label_sets
from ml_portfolio.bundle.regression import half_widths
from ml_portfolio.config.errors import UserError
from ml_portfolio.evaluation.bootstrap import mean_interval

MAX_LEVELS = 10
MIN_LEVEL_ROWS = 50  # of the validation split, from which the half-width of a level is calibrated


def conformal_quantile(errors: np.ndarray, confidence: float) -> float:
    """Return the k-th smallest of n errors [n], k = ceil((n + 1) confidence).

    A new error, drawn like these, is at most this with at least that probability (Vovk et al.
    2005). Raises UserError where there are too few rows for that.
    """
    place = math.ceil((len(errors) + 1) * confidence)
    if place > len(errors):
        raise UserError(
            f"params.yaml: evaluate.confidence {confidence:g} needs more than the {len(errors)} "
            "rows of the validation split: lower it, or raise preprocess.validation_share."
        )
    return float(np.partition(errors, place - 1)[place - 1])


def calibrate_label_sets(
    y: np.ndarray, probabilities: np.ndarray, confidence: float
) -> dict[str, float]:
    """Return the least probability of a label in a set, from y [n] and [n, classes]."""
    errors = 1 - probabilities[np.arange(len(y)), y]
    return {"confidence": confidence, "min_probability": 1 - conformal_quantile(errors, confidence)}


def label_set_coverage(
    y: np.ndarray,
    probabilities: np.ndarray,
    min_probability: float,
    confidence: float,
    blocks: np.ndarray,
    seed: int,
) -> dict[str, float]:
    """Return how often the sets contain the true label, and their mean number of labels, `size`."""
    sets = label_sets(probabilities, min_probability)
    found = coverage(sets[np.arange(len(y)), y], confidence, blocks, seed)
    return found | {"size": float(sets.sum(axis=1).mean())}


def calibrate_intervals(y: np.ndarray, values: np.ndarray, confidence: float) -> dict[str, Any]:
    """Return the half-width of the interval at each level of predicted values [n], for y [n].

    Large values mostly have large errors, so each level has its own half-width (Mondrian
    regression: Boström & Johansson 2020).
    """
    ends = find_level_ends(values)
    level, errors = np.searchsorted(ends, values), np.abs(y - values)
    widths = [conformal_quantile(errors[level == k], confidence) for k in range(len(ends) + 1)]
    return {"confidence": confidence, "level_ends": ends, "half_widths": widths}


def find_level_ends(values: np.ndarray) -> list[float]:
    """Return the ends, but the last, of levels of about as many predicted values [n] each."""
    ordered, ends, start = np.sort(values), [], 0
    for end in np.quantile(ordered, np.arange(1, MAX_LEVELS) / MAX_LEVELS, method="inverted_cdf"):
        stop = int(np.searchsorted(ordered, end, side="right"))
        if stop - start >= MIN_LEVEL_ROWS and len(ordered) - stop >= MIN_LEVEL_ROWS:
            ends.append(float(end))
            start = stop
    return ends


def interval_coverage(
    y: np.ndarray, values: np.ndarray, decision: Mapping[str, Any], blocks: np.ndarray, seed: int
) -> dict[str, float]:
    """Return how often the intervals contain y [n], and their mean `width`, in the target's unit.

    decision: confidence, level_ends and half_widths, as calibrated.
    """
    widths = half_widths(values, decision["level_ends"], decision["half_widths"])
    found = coverage(np.abs(y - values) <= widths, decision["confidence"], blocks, seed)
    return found | {"width": float(2 * widths.mean())}


def coverage(
    covered: np.ndarray, confidence: float, blocks: np.ndarray, seed: int
) -> dict[str, float]:
    """Return the share of rows that are covered [n], with its interval."""
    interval = mean_interval(covered, blocks, seed)
    return {"confidence": confidence, "coverage": float(covered.mean()), **interval}
