"""The population stability index: how far values are from those of training.

It is the sum over bins of (actual share - expected share) · ln(actual share / expected share). By
custom, little has changed below 0.1, and from 0.25 on a feature needs a look (Siddiqi, Credit Risk
Scorecards, 2006). The server and the evaluation measure drift by it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

MISSING, OTHER = "missing", "other"
QUANTILES = 10
MAX_CATEGORIES = 20  # with a bin of their own
ADDED = 0.5  # values to each bin: the logarithm of an empty one would outweigh all others


def number_bins(values: np.ndarray) -> dict[str, list[float]]:
    """Return the deciles of values [n], from the least to the largest, and the share in each bin.

    A bin reaches from one decile to the next; equal ones end one bin. With many equal values, its
    share is not a tenth.
    """
    deciles = np.quantile(values, np.linspace(0, 1, QUANTILES + 1))
    quantiles = [float(f"{each:.10g}") for each in deciles]  # as JSON files keep them
    edges = np.unique(quantiles[1:-1])
    counts = np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1)
    return {"quantiles": quantiles, "shares": (counts / len(values)).tolist()}


class Bins:
    """The bins of one feature, as the training data define them.

    `reference` describes the feature there: "missing_share", and either "quantiles" and "shares" of
    a number (`number_bins`) or the "counts" of categories, the most frequent first.
    """

    def __init__(self, reference: Mapping[str, Any]) -> None:
        self.edges = sorted({*reference.get("quantiles", [])[1:-1]})
        self.names = [f"<= {edge:.9g}" for edge in self.edges]
        missing = reference.get("missing_share", 0.0)
        shares = Counter({MISSING: missing})
        if self.edges:
            self.names.append("above")
            for name, share in zip(self.names, reference["shares"], strict=True):
                shares[name] += share * (1 - missing)
        else:
            counts = reference.get("counts", {})
            total = sum(counts.values()) or 1
            for place, (category, count) in enumerate(counts.items()):
                name = category if place < MAX_CATEGORIES else OTHER
                shares[name] += count / total * (1 - missing)
        self.shares: dict[str, float] = dict(shares)

    def place(self, value: Any) -> str:
        """Return the name of the bin that a value falls into; None is missing."""
        if value is None:
            return MISSING
        if self.names:
            return self.names[bisect_left(self.edges, value)]
        return value if value in self.shares else OTHER


def population_stability_index(expected: Mapping[str, float], actual: Mapping[str, float]) -> float:
    """Return the index of two samples, each given as its number of values in each bin."""
    names = sorted(name for name in {*expected, *actual} if expected.get(name) or actual.get(name))
    counts = [[sample.get(name, 0) + ADDED for name in names] for sample in (expected, actual)]
    before, after = np.array(counts) / np.sum(counts, axis=1, keepdims=True)
    return float(((after - before) * np.log(after / before)).sum())
