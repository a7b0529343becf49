"""What tells pictures apart, for slices and drift: their light and their class."""

from typing import Any

import pandas as pd

from .dataset import as_array
from .processed import load_rows


def load_traits(split: str) -> pd.DataFrame:
    """Traits of each picture of a split [n, traits]; light is from 0, black, to 255."""
    rows = load_rows(split)
    pictures = as_array(rows).reshape(len(rows), -1)
    return pd.DataFrame(
        {
            "brightness": pictures.mean(axis=1),
            "contrast": pictures.std(axis=1),
            "label": rows["label"].to_numpy(),
        }
    )


def sensitive_traits() -> list[str]:
    """None: nothing is known of who or what a picture shows beside its class."""
    return []


def show(split: str, row: int) -> dict[str, Any]:
    """The picture's name in the source; its pixels are in data/processed/."""
    return {"name": str(load_rows(split)["name"].iloc[row])}
