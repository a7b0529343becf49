"""The bound that all but a share of errors stay below, with the correction for finite data."""

import math

import numpy as np

from ..errors import UserError


def conformal_quantile(errors: np.ndarray, confidence: float) -> float:
    """The k-th smallest of n errors [n], k = ceil((n + 1) confidence).

    A new error, drawn like these, is at most this with at least that probability (Vovk et al.
    2005). Raises UserError where there are too few rows to promise it.
    """
    place = math.ceil((len(errors) + 1) * confidence)
    if place > len(errors):
        raise UserError(
            f"params.yaml: evaluate.confidence {confidence:g} needs more than the {len(errors)} "
            "rows of the validation split: lower it, or raise preprocess.validation_share."
        )
    return float(np.partition(errors, place - 1)[place - 1])
