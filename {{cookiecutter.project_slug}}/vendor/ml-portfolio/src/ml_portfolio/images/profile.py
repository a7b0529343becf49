"""A summary of images, with which a reader, and later a drift check, compares other data."""

from typing import Any

import numpy as np
import pandas as pd

from ml_portfolio.images.request import border
from ml_portfolio.images.schema import Schema
from ml_portfolio.tables.profile import count_values, describe_numbers


def profile(rows: pd.DataFrame, schema: Schema) -> dict[str, Any]:
    """Return the counts of classes, and how bright images and their borders are, 0 to 255.

    rows: `label`, and `pixels` as bytes
    """
    images = np.frombuffer(b"".join(rows["pixels"]), np.uint8).reshape(len(rows), *schema.shape)
    return {
        "rows": len(rows),
        "classes": count_values(rows["label"]),
        "brightness": describe_numbers(images.mean(axis=(1, 2, 3))),
        "border": describe_numbers(border(images)),
    }
