"""A short account of pictures: what a reader of the data, and a drift check, compares with."""

from typing import Any

import numpy as np
import pandas as pd

from .dataset import as_array
from .serving.inputs import border

BINS = 10


def profile(rows: pd.DataFrame) -> dict[str, Any]:
    """How many of each class, and how light the pictures and their borders are, from 0 to 255."""
    pictures = as_array(rows)
    return {
        "rows": len(rows),
        "classes": {str(k): int(n) for k, n in rows["label"].value_counts().items()},
        "brightness": describe(pictures.mean(axis=(1, 2, 3))),
        "border": describe(border(pictures)),
    }


def describe(values: np.ndarray) -> dict[str, Any]:
    """Moments and deciles, the smallest and the largest value among them."""
    deciles = np.quantile(values, np.linspace(0, 1, BINS + 1))
    return {
        "mean": round(float(values.mean()), 3),
        "std": round(float(values.std()), 3),
        "quantiles": [round(float(q), 3) for q in deciles],
    }
