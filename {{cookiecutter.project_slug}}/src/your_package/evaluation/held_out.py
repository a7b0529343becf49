"""Rows held out of training, and what the model and the baseline say of them."""

from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np

from ..dataset import describe_target, load_blocks, load_split
from ..metrics import as_served, predict
from ..paths import BASELINE_MODEL, MODEL


@dataclass(frozen=True)
class HeldOut:
    X: Any
    y: np.ndarray
    model: np.ndarray  # what the model says of each row, as a server would answer
    baseline: np.ndarray
    blocks: np.ndarray  # which rows belong together [n]


def load_held_out(*splits: str) -> list[HeldOut]:
    about, models = describe_target(), [joblib.load(path) for path in (MODEL, BASELINE_MODEL)]
    parts = []
    for split in splits:
        X, y = load_split(split)
        said = [as_served(predict(model, X), about) for model in models]
        parts.append(HeldOut(X, y, said[0], said[1], load_blocks(split)))
    return parts
