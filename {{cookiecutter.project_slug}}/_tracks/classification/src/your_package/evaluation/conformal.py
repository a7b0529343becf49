"""Sets of labels that hold the right one as often as asked for, whatever the model is worth.

Split conformal prediction on the validation split: Sadinle et al. 2019 (least ambiguous sets),
explained by Angelopoulos & Bates 2021, https://arxiv.org/abs/2107.07511. It holds where new rows
are drawn as those of the validation split were; the test split checks it.
"""

from typing import Any

import numpy as np

from ..serving.outputs import label_sets
from .quantile import conformal_quantile


def calibrate(y: np.ndarray, probabilities: np.ndarray, confidence: float) -> dict[str, Any]:
    """What the server needs: labels at least as probable as this make up the set."""
    missing = 1 - probabilities[np.arange(len(y)), y]  # how improbable the right label was
    return {"confidence": confidence, "set_from": 1 - conformal_quantile(missing, confidence)}


def covered(y: np.ndarray, probabilities: np.ndarray, found: dict[str, Any]) -> np.ndarray:
    """Whether each row's set holds its label [n]."""
    return label_sets(probabilities, found["set_from"])[np.arange(len(y)), y]


def describe(probabilities: np.ndarray, found: dict[str, Any]) -> dict[str, float]:
    """How much the sets leave open: the mean number of their labels."""
    return {"size": float(label_sets(probabilities, found["set_from"]).sum(axis=1).mean())}
