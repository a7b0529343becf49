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
    about = describe_target()
    models = {"model": joblib.load(MODEL), "baseline": joblib.load(BASELINE_MODEL)}
    said = {
        f"{split}_{name}": as_served(predict(model, load_split(split)[0]), about)
        for split in SPLITS
        for name, model in models.items()
    }
    with whole(PREDICTIONS) as draft, draft.open("wb") as file:
        np.savez(file, **said)


def load_held_out(split: str) -> HeldOut:
    X, y = load_split(split)
    with np.load(PREDICTIONS) as said:
        model, baseline = said[f"{split}_model"], said[f"{split}_baseline"]
    return HeldOut(X, y, model, baseline, load_blocks(split))
