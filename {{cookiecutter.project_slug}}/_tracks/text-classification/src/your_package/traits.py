"""What tells texts apart, for slices and drift: their length, their loudness, their class."""

from typing import Any

import pandas as pd

from .processed import load_rows
from .validation import LABEL, TEXT


def load_traits(split: str) -> pd.DataFrame:
    """Traits of each text of a split [n, traits]."""
    rows = load_rows(split)
    text = rows[TEXT]
    return pd.DataFrame(
        {
            "words": text.str.split().str.len(),
            "capitals": text.str.count("[A-Z]") / text.str.len(),  # their share
            "exclamation marks": text.str.count("!").clip(upper=3),
            "label": rows[LABEL],
        }
    )


def sensitive_traits() -> list[str]:
    """None: nothing is known of who wrote a text."""
    return []


def show(split: str, row: int) -> dict[str, Any]:
    """A text as a client would send it."""
    return {"text": load_rows(split)[TEXT].iloc[row]}
