"""Features that give the target away: who is warned here need not wonder at a perfect score.

A feature known only once the answer is known (a part of it, a later note of it) is of no use to a
prediction. Kaufman et al. 2012, Leakage in Data Mining, https://doi.org/10.1145/2382577.2382579
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from .kinds import known_or_none, learn_inputs
from .schema import Column, Schema
from .serving.columns import InputColumn
from .target import encode

ROWS = 5_000  # looked at; an order this clear shows in fewer
PAIRED = 30  # numbers tried in pairs, the most telling first


def find_leaks(
    rows: pd.DataFrame, schema: Schema, threshold: float, seed: int
) -> list[dict[str, Any]]:
    """Each feature, or sum or difference of two, that orders the rows nearly as the target does.

    A pair is named only where it leaves less than half as much open as either number alone.
    """
    some = rows.sample(min(ROWS, len(rows)), random_state=seed)
    targets = orders(encode(some[schema.target.name], schema.target), schema.target)
    inputs = learn_inputs(schema, some).columns
    alone = {column.name: tell(some[column.name], column, targets) for column in inputs}
    found = {name: strength for name, strength in alone.items() if strength >= threshold}

    numbers = [column.name for column in schema.features if column.is_number]
    telling = sorted(numbers, key=lambda name: -alone[name])[:PAIRED]
    for a, b in combinations([name for name in numbers if name in telling], 2):
        strengths = {
            f"{a} + {b}": rank_agreement(some[a] + some[b], targets),
            f"{a} - {b}": rank_agreement(some[a] - some[b], targets),
        }
        best = max(strengths, key=lambda name: strengths[name])
        if strengths[best] >= threshold and 1 - strengths[best] < (1 - max(alone[a], alone[b])) / 2:
            found[best] = strengths[best]
    return [{"from": name, "strength": round(found[name], 4)} for name in sorted(found)]


def orders(y: np.ndarray, column: Column) -> list[np.ndarray]:
    """What a feature is held against, each [n]: a number, or for each class whether it is that."""
    if column.is_number:
        return [y]
    return [(y == place).astype(float) for place in range(len(column.classes))]


def tell(values: pd.Series, column: InputColumn, targets: list[np.ndarray]) -> float:
    """How much one feature says: of a date its most telling part, of a text its word.

    A category stands for the target's mean among its rows.
    """
    array = column.array(known_or_none(values))
    if array.dtype != object:
        return max(rank_agreement(pd.Series(part), targets) for part in array.T)
    words = array[:, 0]
    means = [pd.Series(target).groupby(words).transform("mean") for target in targets]
    return max(rank_agreement(m, [t]) for m, t in zip(means, targets, strict=True))


def rank_agreement(values: pd.Series, targets: list[np.ndarray]) -> float:
    """From 0, no common order, to 1, the same order or its reverse; the largest over the targets.

    Covariance of the ranks over the largest that it could be: for a number Spearman's correlation,
    for a class |2 AUC - 1|, the Gini coefficient. Missing values are taken for the median.
    """
    ranks = rankdata(values.fillna(values.median())) - (len(values) + 1) / 2
    steps = np.arange(len(values)) - (len(values) - 1) / 2  # ranks without a tie
    largest = 0.0
    for target in targets:
        wanted = rankdata(target) - (len(target) + 1) / 2
        most = steps @ np.sort(wanted)
        largest = max(largest, abs(ranks @ wanted) / most if most else 0.0)
    return float(largest)


def warn(leaks: list[dict[str, Any]], target: str) -> None:
    for leak in leaks:
        print(
            f"warning: '{leak['from']}' orders the rows nearly as '{target}' does "
            f"({leak['strength']:.3f} of 1). Is it known before the answer is? If not, write "
            "'role: ignore' in data/schema.yaml."
        )
