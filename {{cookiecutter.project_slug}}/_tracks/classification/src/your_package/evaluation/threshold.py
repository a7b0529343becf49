"""From which probability on the second of two classes is answered, for what errors cost.

Elkan 2001, The Foundations of Cost-Sensitive Learning: with true probabilities the best threshold
is cost(false positive) / (cost(false positive) + cost(false negative)). As they need not be true,
it is looked for on the validation split.
"""

import numpy as np
from pydantic import Field

from ..params import Strict

STEPS = np.arange(1, 100) / 100


class Costs(Strict):
    """What an error of each kind costs, in any unit: only their ratio matters."""

    false_positive: float = Field(gt=0)  # the second class is answered, and it is the first
    false_negative: float = Field(gt=0)  # the first class is answered, and it is the second

    @property
    def in_theory(self) -> float:
        return self.false_positive / (self.false_positive + self.false_negative)


def row_costs(y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs) -> np.ndarray:
    """What each row costs [n], from its positive class's probability [n] and its truth [n]."""
    chosen = positive >= threshold
    false_positives, false_negatives = chosen & (y == 0), ~chosen & (y == 1)
    return costs.false_positive * false_positives + costs.false_negative * false_negatives


def mean_cost(y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs) -> float:
    return float(row_costs(y, positive, threshold, costs).mean())


def choose_threshold(y: np.ndarray, positive: np.ndarray, costs: Costs) -> float:
    """The theory's threshold, in hundredths, or the cheapest where that is cheaper for sure.

    For sure: by more than two standard errors of the difference, row by row; on few rows the
    cheapest is mostly luck.
    """
    theory = float(np.clip(round(costs.in_theory, 2), STEPS[0], STEPS[-1]))
    cheapest = float(min(STEPS, key=lambda step: mean_cost(y, positive, step, costs)))
    in_theory, at_best = (row_costs(y, positive, step, costs) for step in (theory, cheapest))
    gap = in_theory - at_best
    return cheapest if gap.mean() > 2 * gap.std() / np.sqrt(len(gap)) else theory
