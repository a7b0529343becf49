"""Intervals that hold the true value as often as asked for, whatever the model is worth.

Split conformal prediction on the validation split: Papadopoulos et al. 2002, explained by
Angelopoulos & Bates 2021, https://arxiv.org/abs/2107.07511. It holds where new rows are drawn as
those of the validation split were; with a split by time they need not be: the test split shows it.
"""

from typing import Any

import numpy as np

from .quantile import conformal_quantile


def calibrate(y: np.ndarray, values: np.ndarray, confidence: float) -> dict[str, Any]:
    """What the server needs: the interval reaches this far below and above the value."""
    half = conformal_quantile(np.abs(y - values), confidence)
    return {"confidence": confidence, "half_width": half}


def covered(y: np.ndarray, values: np.ndarray, found: dict[str, Any]) -> np.ndarray:
    """Whether each row's interval holds its true value [n]."""
    return np.abs(y - values) <= found["half_width"]


def describe(values: np.ndarray, found: dict[str, Any]) -> dict[str, float]:
    """How much the intervals leave open: their width, in the target's unit."""
    return {"width": 2 * found["half_width"]}
