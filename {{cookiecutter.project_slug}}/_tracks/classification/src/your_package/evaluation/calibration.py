"""Whether a probability means what it says: of the rows given 0.8, is it so for eight in ten?

Expected calibration error: Naeini et al. 2015, https://ojs.aaai.org/index.php/AAAI/article/view/9602;
with more than two classes of the likeliest one, as Guo et al. 2017, https://arxiv.org/abs/1706.04599.
"""

import numpy as np
import pandas as pd

BINS = 10
DRAWS = 200
LEVEL = 0.95


def events(y: np.ndarray, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is given a probability [n], and whether it came true [n].

    Of two classes, that the row is of the second; with more, that the likeliest is right.
    """
    if probabilities.shape[1] == 2:
        return probabilities[:, 1], y == 1
    return probabilities.max(axis=1), y == probabilities.argmax(axis=1)


def reliability(y: np.ndarray, probabilities: np.ndarray) -> pd.DataFrame:
    """Bins of about as many rows each: their mean `said` probability, `true` share and `rows`."""
    said, true = events(y, probabilities)
    rows = pd.DataFrame({"said": said, "true": true}).groupby(cut(said))
    return rows.mean().assign(rows=rows.size())


def cut(said: np.ndarray) -> np.ndarray:
    """The number of the bin of each probability [n]."""
    values, places = np.unique(said, return_inverse=True)
    return places if len(values) <= BINS else pd.qcut(said, BINS, labels=False, duplicates="drop")


def calibration_error(table: pd.DataFrame) -> float:
    """By how much the bins' probabilities are off on average, each weighed by its rows."""
    return float(np.average((table["said"] - table["true"]).abs(), weights=table["rows"]))


def error_by_chance(said: np.ndarray, seed: int) -> float:
    """What the error stays below in 95 % of samples if the probabilities [n] of `events` hold.

    A bin of few rows is off even then. Whether each event comes true is drawn from its probability:
    consistency resampling (Broecker & Smith 2007, https://doi.org/10.1175/WAF993.1).
    """
    random, bins = np.random.default_rng(seed), cut(said)
    errors = [
        np.abs(np.bincount(bins, said - (random.random(len(said)) < said))).sum() / len(said)
        for _ in range(DRAWS)
    ]
    return float(np.quantile(errors, LEVEL))
