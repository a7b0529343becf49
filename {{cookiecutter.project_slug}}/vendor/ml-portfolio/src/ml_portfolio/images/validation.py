"""Checks each raw image: one that nothing can be learned from is rejected, with the reason."""

from collections.abc import Iterable

import pandas as pd

from ml_portfolio.images.raw import RawImage
from ml_portfolio.images.schema import Schema

DUPLICATE = "it has the same pixels as "


def validate(images: Iterable[RawImage], schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split images into valid and rejected ones.

    Valid ones have the columns name, label, part and pixels (bytes); rejected ones name, label and
    reason. Of images with equal pixels the first is kept: in two splits, they would measure memory.
    """
    valid, rejected = [], []
    first: dict[bytes, str] = {}  # the name of the first image with these pixels
    for image in images:
        pixels = b"" if image.pixels is None else image.pixels.tobytes()
        reason = image.reason
        if not reason and image.label not in schema.classes:
            reason = f"its label {image.label} is not one of the classes"
        elif not reason and len(set(pixels)) < 2:
            reason = "all its pixels are equal"
        elif not reason and pixels in first:
            reason = DUPLICATE + first[pixels]
        if reason:
            rejected.append((image.name, image.label, reason))
        else:
            first[pixels] = image.name
            valid.append((image.name, image.label, image.part, pixels))
    return (
        pd.DataFrame(valid, columns=["name", "label", "part", "pixels"]),
        pd.DataFrame(rejected, columns=["name", "label", "reason"]),
    )
