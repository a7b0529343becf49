"""Rows held out of training, and what is predicted for them."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class HeldOut:
    """The truth and the predictions of n rows: probabilities [n, classes] or values [n].

    Predictions are as served: clipped to the target's range. Rows of one block belong together:
    those of one person, or neighbours in time.
    """

    y: np.ndarray  # [n], a class's number or a value
    model: np.ndarray
    baseline: np.ndarray
    blocks: np.ndarray  # [n], a block's number
