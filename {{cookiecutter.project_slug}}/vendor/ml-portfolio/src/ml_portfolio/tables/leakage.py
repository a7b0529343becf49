"""Features that reveal the target: with them, a perfect score means nothing.

A feature that is known only once the answer is known (a part of it, a later note of it) is of no
use to a prediction. Kaufman et al. 2012, https://doi.org/10.1145/2382577.2382579
"""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ml_portfolio.tables.column_types import known_or_none, learn_inputs
from ml_portfolio.tables.columns import InputColumn
from ml_portfolio.tables.schema import Column, Schema
from ml_portfolio.tables.target import encode_target

MAX_ROWS = 5_000  # an order this clear shows in fewer
MAX_PAIRED = 30  # numbers that are tried in pairs, those closest to the target first


def find_leaks(
    rows: pd.DataFrame, schema: Schema, threshold: float, seed: int
) -> list[dict[str, Any]]:
    """Return each feature, or sum or difference of two, that orders the rows as the target does.

    threshold: the least agreement, from 0 to 1, that is reported as {"from", "strength"}. A pair is
    reported only where it leaves less than half as much unexplained as either number alone.
    """
    some = rows.sample(min(MAX_ROWS, len(rows)), random_state=seed)
    targets = target_orders(encode_target(some[schema.target.name], schema.target), schema.target)
    inputs = learn_inputs(schema, some).columns
    alone = {column.name: agreement(some[column.name], column, targets) for column in inputs}
    found = {name: strength for name, strength in alone.items() if strength >= threshold}

    numbers = [column.name for column in schema.features if column.is_number]
    strongest = sorted(numbers, key=lambda name: -alone[name])[:MAX_PAIRED]
    for a, b in combinations([name for name in numbers if name in strongest], 2):
        pairs = {f"{a} + {b}": some[a] + some[b], f"{a} - {b}": some[a] - some[b]}
        strengths = {name: rank_agreement(pair, targets) for name, pair in pairs.items()}
        best, strength = max(strengths.items(), key=lambda item: item[1])
        if strength >= threshold and 1 - strength < (1 - max(alone[a], alone[b])) / 2:
            found[best] = strength
    return [{"from": name, "strength": round(found[name], 4)} for name in sorted(found)]


def target_orders(y: np.ndarray, column: Column) -> list[np.ndarray]:
    """Return what features are compared with, each [n]: the number, or 0 and 1 for each class."""
    if column.is_number:
        return [y]
    return [(y == code).astype(float) for code in range(len(column.classes))]


def agreement(values: pd.Series, column: InputColumn, targets: list[np.ndarray]) -> float:
    """Return the rank agreement of one feature: of a date's parts or a text's words, the largest.

    A category stands for the target's mean among its rows.
    """
    array = column.array(known_or_none(values))
    if array.dtype != object:
        return max(rank_agreement(pd.Series(part), targets) for part in array.T)
    words = array[:, 0]
    means = [pd.Series(target).groupby(words).transform("mean") for target in targets]
    return max(rank_agreement(m, [t]) for m, t in zip(means, targets, strict=True))


def rank_agreement(values: pd.Series, targets: list[np.ndarray]) -> float:
    """Return from 0, no common order, to 1, the same order or its reverse: the most of any target.

    The covariance of the ranks, divided by the largest that it could be: for a number Spearman's
    correlation, for a class the Gini coefficient |2 AUC - 1|. Missing values count as the median.
    """
    ranks = rankdata(values.fillna(values.median())) - (len(values) + 1) / 2
    untied = np.arange(len(values)) - (len(values) - 1) / 2
    largest = 0.0
    for target in targets:
        target_ranks = rankdata(target) - (len(target) + 1) / 2
        most = untied @ np.sort(target_ranks)
        largest = max(largest, abs(ranks @ target_ranks) / most if most else 0.0)
    return float(largest)


def warn(leaks: list[dict[str, Any]], target: str) -> None:
    for leak in leaks:
        print(
            f"warning: '{leak['from']}' orders the rows almost as '{target}' does "
            f"({leak['strength']:.3f} of 1). Is it known before the answer is? If not, write "
            "'role: ignore' in data/schema.yaml."
        )
