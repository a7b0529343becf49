"""Rows held out of training, and what the model and the baseline say of them."""

from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np

from ..dataset import describe_target, load_blocks, load_split
from ..files import whole
from ..metrics import as_served, predict
from ..paths import BASELINE_MODEL, MODEL, PREDICTIONS
from ..processed import SPLITS


@dataclass(frozen=True)
class HeldOut:
    X: Any
    y: np.ndarray
    model: np.ndarray  # what the model says of each row, as a server would answer
    baseline: np.ndarray
    blocks: np.ndarray  # which rows belong together [n]


def predict_splits() -> None:
    """Ask the model and the baseline about every split, once, and keep what they say."""
    about, models = describe_target(), [joblib.load(path) for path in (MODEL, BASELINE_MODEL)]
    said = {}
    for split in SPLITS:
        X, _ = load_split(split)
        said[split] = [as_served(predict(model, X), about) for model in models]
    with whole(PREDICTIONS) as draft:
        joblib.dump(said, draft)


def load_held_out(split: str) -> HeldOut:
    X, y = load_split(split)
    model, baseline = joblib.load(PREDICTIONS)[split]
    return HeldOut(X, y, model, baseline, load_blocks(split))
