"""Each raw picture looked at: what is not fit to be learnt from is rejected, with the reason."""

from collections.abc import Iterable

import pandas as pd

from .raw import Raw
from .schema import Schema

FEWEST = 10  # pictures of a class, beside those that the source keeps for testing
TWIN = "it is the same as "


def validate(pictures: Iterable[Raw], schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part pictures into good and rejected ones.

    Good ones have the columns name, label, part and pixels (bytes); rejected ones name, label
    and reason. Of pictures with the same pixels the first is kept: in two splits, the model would
    be tested on what it has learnt by heart.
    """
    good, rejected = [], []
    first: dict[bytes, str] = {}  # by its pixels: the name of a picture
    for picture in pictures:
        pixels = b"" if picture.pixels is None else picture.pixels.tobytes()
        reason = picture.reason
        if not reason and picture.label not in schema.classes:
            reason = f"its label {picture.label} is not one of the classes"
        elif not reason and len(set(pixels)) < 2:
            reason = "all its pixels are alike"
        elif not reason and pixels in first:
            reason = TWIN + first[pixels]
        if reason:
            rejected.append((picture.name, picture.label, reason))
        else:
            first[pixels] = picture.name
            good.append((picture.name, picture.label, picture.part, pixels))
    return (
        pd.DataFrame(good, columns=["name", "label", "part", "pixels"]),
        pd.DataFrame(rejected, columns=["name", "label", "reason"]),
    )
