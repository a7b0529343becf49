"""Which candidate to choose, and whether it is better by more than chance.

Folds share training rows, so their scores are not independent: the t-test is the one that Nadeau &
Bengio (2003, https://doi.org/10.1023/A:1024068626366) corrected for that. Where there is one
held-out part only, its rows are resampled instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

LEVEL = 0.05  # a difference with a smaller p-value is called more than chance
RESAMPLES = 300
Score = Callable[[np.ndarray, np.ndarray], float]  # of the truth and what a model said of it


@dataclass(frozen=True)
class Difference:
    """By how much one candidate's score is above another's, and how sure that is."""

    mean: float
    p_value: float  # how often chance alone would show a difference as large
    test: str

    @property
    def is_real(self) -> bool:
        return self.p_value < LEVEL


def standard_error(folds: Sequence[float]) -> float:
    """The standard error of the mean over two folds or more."""
    return float(np.std(folds, ddof=1) / np.sqrt(len(folds)))


def resampled_error(
    y: np.ndarray, said: np.ndarray, score: Score, seed: int, resamples: int = RESAMPLES
) -> float:
    """The standard error of one score, from resampled rows (the bootstrap, Efron 1979)."""
    random = np.random.default_rng(seed)
    draws = (random.integers(0, len(y), len(y)) for _ in range(resamples))
    return float(np.std([score(y[rows], said[rows]) for rows in draws], ddof=1))


def simplest_within_noise(means: Sequence[float], best: int, error: float, tolerance: float) -> int:
    """Return the place of the first candidate, simplest first, that is as good as the best.

    As good: no further from it than `tolerance` standard errors of the best (Breiman et al. 1984,
    the one-standard-error rule, where the tolerance is 1; with 0 it is the best itself).
    """
    near = np.abs(np.asarray(means) - means[best]) <= tolerance * error
    return int(np.argmax(near))


def compare_folds(a: Sequence[float], b: Sequence[float], held_out_ratio: float) -> Difference:
    """Test the scores of two candidates on the same folds; `held_out_ratio`: held out / fitted on.

    Raises ValueError where there are fewer than two folds.
    """
    gaps = np.subtract(a, b)
    count = len(gaps)
    if count < 2:
        raise ValueError("two folds at least are needed for a t-test")
    error = np.sqrt((1 / count + held_out_ratio) * gaps.var(ddof=1))
    t = gaps.mean() / error if error else np.copysign(np.inf, gaps.mean())
    p = 1.0 if not gaps.any() else 2 * stats.t.sf(abs(t), count - 1)
    return Difference(float(gaps.mean()), float(p), "corrected resampled t-test")


def compare_rows(
    y: np.ndarray, a: np.ndarray, b: np.ndarray, score: Score, seed: int, resamples: int = RESAMPLES
) -> Difference:
    """Test what two candidates said of the same held-out rows: the paired bootstrap.

    The p-value is twice the share of resamples in which the sign of the difference turns (Efron &
    Tibshirani 1993, chapter 15).
    """
    random = np.random.default_rng(seed)
    mean = score(y, a) - score(y, b)
    turned = 0
    for _ in range(resamples):
        rows = random.integers(0, len(y), len(y))
        turned += (score(y[rows], a[rows]) - score(y[rows], b[rows])) * np.sign(mean) <= 0
    return Difference(float(mean), min(1.0, 2 * (turned + 1) / (resamples + 1)), "paired bootstrap")
