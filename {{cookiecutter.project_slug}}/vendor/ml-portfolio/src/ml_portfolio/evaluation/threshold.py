"""The decision threshold of a classifier of two classes, chosen by the costs of its errors.

Elkan 2001, The Foundations of Cost-Sensitive Learning: with calibrated probabilities the best
threshold is cost(false positive) / (cost(false positive) + cost(false negative)). As they need not
be calibrated, the validation split is searched for a better one.
"""

import numpy as np
from pydantic import Field

from ml_portfolio.config.params import Strict

STEPS = np.arange(1, 100) / 100


class Costs(Strict):
    """What an error of each kind costs, in any unit: only their ratio matters."""

    false_positive: float = Field(gt=0)  # the second class is predicted, and it is the first
    false_negative: float = Field(gt=0)  # the first class is predicted, and it is the second

    @property
    def best_threshold(self) -> float:
        """The best threshold of calibrated probabilities."""
        return self.false_positive / (self.false_positive + self.false_negative)


def row_costs(y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs) -> np.ndarray:
    """Return the cost of each row [n], from its true class [n] and positive probability [n]."""
    predicted = positive >= threshold
    costly = [predicted & (y == 0), ~predicted & (y == 1)]
    cost: np.ndarray = np.dot([costs.false_positive, costs.false_negative], costly)
    return cost


def mean_cost(y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs) -> float:
    """Return the mean cost of the rows, from their true classes and positive probabilities [n]."""
    return float(row_costs(y, positive, threshold, costs).mean())


def choose_threshold(y: np.ndarray, positive: np.ndarray, costs: Costs) -> float:
    """Return the threshold of theory, in hundredths, or the cheapest if that is clearly cheaper.

    Clearly: by more than two standard errors of the paired difference; on few rows the cheapest is
    mostly luck.
    """
    theory = float(np.clip(round(costs.best_threshold, 2), STEPS[0], STEPS[-1]))
    cheapest = float(min(STEPS, key=lambda step: mean_cost(y, positive, step, costs)))
    saved = row_costs(y, positive, theory, costs) - row_costs(y, positive, cheapest, costs)
    return cheapest if saved.mean() > 2 * saved.std() / np.sqrt(len(saved)) else theory
