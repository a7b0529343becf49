"""How far the values that are asked about are from those of training: drift.

The population stability index of a column is the sum over its bins of
(share now - share then) · ln(share now / share then). As a rule of thumb, below 0.1 little has
changed, and from 0.25 on the column needs a look (Siddiqi, Credit Risk Scorecards, 2006).
"""

import math
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

MISSING, OTHER = "missing", "other"
NAMED = 20  # categories with a bin of their own
LEAST = 1e-4  # share of an empty bin: the logarithm needs one


class Bins:
    """The bins of one column, with the share of training rows in each."""

    def __init__(self, reference: Mapping[str, Any]) -> None:
        missing = reference.get("missing_share", 0.0)
        shares = self.numbers(reference) if "quantiles" in reference else self.words(reference)
        self.shares = {MISSING: missing} | {k: v * (1 - missing) for k, v in shares.items()}

    def numbers(self, reference: Mapping[str, Any]) -> dict[str, float]:
        """From one decile to the next; deciles that are alike make one bin."""
        quantiles = reference["quantiles"]
        last = len(quantiles) - 1
        up_to = {edge: level / last for level, edge in enumerate(quantiles) if 0 < level < last}
        self.edges = sorted(up_to)
        self.names = [f"<= {edge:g}" for edge in self.edges] + ["above"]
        levels = [0.0, *(up_to[edge] for edge in self.edges), 1.0]
        widths = [high - low for low, high in zip(levels, levels[1:], strict=False)]
        return dict(zip(self.names, widths, strict=True))

    def words(self, reference: Mapping[str, Any]) -> dict[str, float]:
        counts = reference.get("counts", {})
        total = sum(counts.values()) or 1
        named = {word: count / total for word, count in list(counts.items())[:NAMED]}
        self.edges, self.names = [], []
        return named | {OTHER: max(1 - sum(named.values()), 0.0)}

    def place(self, value: Any) -> str:
        """The name of the bin that a value falls into."""
        if value is None:
            return MISSING
        if self.names:
            return self.names[bisect_left(self.edges, value)]
        return value if value in self.shares else OTHER

    def stability(self, counts: Mapping[str, float]) -> float:
        """The index for these numbers of values by bin."""
        total = sum(counts.values())
        index = 0.0
        for name, share in self.shares.items():
            then = max(share, LEAST)
            now = max(counts.get(name, 0) / total, LEAST)
            index += (now - then) * math.log(now / then)
        return index


def bins_of(reference: Mapping[str, Any]) -> dict[str, Bins]:
    """The bins of each column that the manifest's reference describes."""
    columns = reference.get("columns", {})
    return {
        name: Bins(about)
        for name, about in columns.items()
        if "quantiles" in about or "counts" in about
    }
