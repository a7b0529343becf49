"""How often the truth lies in what is said to hold it: conformal prediction, checked."""

from typing import Any

from .conformal import covered, describe
from .held_out import HeldOut
from .intervals import of_mean


def check(test: HeldOut, output: dict[str, Any], seed: int) -> dict[str, Any] | None:
    """The share of test rows whose truth is covered, with its interval; None if not asked for."""
    if output["confidence"] is None:
        return None
    hit = covered(test.y, test.model, output)
    account = {"confidence": output["confidence"], "coverage": float(hit.mean())}
    return account | of_mean(hit, test.blocks, seed) | describe(test.model, output)
