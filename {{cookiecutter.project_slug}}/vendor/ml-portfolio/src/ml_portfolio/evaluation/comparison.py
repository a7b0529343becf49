"""Whether one candidate is better than another by more than chance, on the same held-out rows.

Folds share training rows, so their scores are not independent: the t-test is the one that Nadeau &
Bengio (2003, https://doi.org/10.1023/A:1024068626366) corrected for that. Where there is one
held-out part only, its rows are resampled instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

LEVEL = 0.05  # a difference with a smaller p-value is significant
RESAMPLES = 300


@dataclass(frozen=True)
class Difference:
    """By how much one candidate's score is above another's, and how certain that is."""

    mean: float
    standard_error: float
    p_value: float
    test: str

    @property
    def significant(self) -> bool:
        return self.p_value < LEVEL


def compare_folds(a: Sequence[float], b: Sequence[float], held_out_ratio: float) -> Difference:
    """Test the scores of two candidates on the same folds.

    held_out_ratio: rows held out / rows fitted on. Raises ValueError for fewer than two folds.
    """
    gaps = np.subtract(a, b)
    count = len(gaps)
    if count < 2:
        raise ValueError("a t-test needs at least two folds")
    error = np.sqrt((1 / count + held_out_ratio) * gaps.var(ddof=1))
    t = gaps.mean() / error if error else np.copysign(np.inf, gaps.mean())
    p = 2 * stats.t.sf(abs(t), count - 1) if gaps.any() else 1.0
    return Difference(float(gaps.mean()), float(error), float(p), "corrected resampled t-test")


def compare_rows(
    y: np.ndarray,
    a: np.ndarray,
    b: np.ndarray,
    score: Callable[[np.ndarray, np.ndarray], float],
    seed: int,
    resamples: int = RESAMPLES,
) -> Difference:
    """Test the predictions a and b of two candidates for the same rows y [n]: a paired bootstrap.

    The p-value is twice the share of resamples in which the difference has the other sign (Efron &
    Tibshirani 1993, chapter 15).
    """
    random = np.random.default_rng(seed)
    mean = score(y, a) - score(y, b)
    draws = (random.integers(0, len(y), len(y)) for _ in range(resamples))
    gaps = np.array([score(y[rows], a[rows]) - score(y[rows], b[rows]) for rows in draws])
    gaps = gaps[~np.isnan(gaps)]  # some scores need a row of each class
    reversed_sign = int((gaps * np.sign(mean) <= 0).sum())
    p = min(1.0, 2 * (reversed_sign + 1) / (len(gaps) + 1))
    error = float(gaps.std(ddof=1)) if len(gaps) > 1 else np.inf
    return Difference(float(mean), error, p, "paired bootstrap")
