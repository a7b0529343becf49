"""Whether predicted probabilities are calibrated: of the rows given 0.8, do 80 % come true?

Expected calibration error: Naeini et al. 2015, https://ojs.aaai.org/index.php/AAAI/article/view/9602;
with more than two classes that of the likeliest one, as Guo et al. 2017,
https://arxiv.org/abs/1706.04599.
"""

import numpy as np
import pandas as pd

BINS = 10
DRAWS = 200
LEVEL = 0.95


def calibration_events(y: np.ndarray, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability of an event [n], and whether it occurred [n].

    With two classes the event is that the row is of the second one; with more, that the likeliest
    class is the true one.
    """
    if probabilities.shape[1] == 2:
        return probabilities[:, 1], y == 1
    return probabilities.max(axis=1), y == probabilities.argmax(axis=1)


def reliability_table(y: np.ndarray, probabilities: np.ndarray) -> pd.DataFrame:
    """Return bins of about as many rows: mean `predicted` probability, `observed` share, `rows`."""
    predicted, occurred = calibration_events(y, probabilities)
    table = pd.DataFrame({"predicted": predicted, "observed": occurred}).groupby(bins(predicted))
    return table.mean().assign(rows=table.size())


def bins(probability: np.ndarray) -> np.ndarray:
    """Return the number of the bin of each probability [n]."""
    values, places = np.unique(probability, return_inverse=True)
    if len(values) <= BINS:
        return places
    return np.asarray(pd.qcut(probability, BINS, labels=False, duplicates="drop"))


def expected_calibration_error(table: pd.DataFrame) -> float:
    """Return the mean distance of predicted from observed in the bins, weighted by their rows."""
    return float(np.average((table["predicted"] - table["observed"]).abs(), weights=table["rows"]))


def calibration_error_by_chance(probability: np.ndarray, seed: int) -> float:
    """Return what the error stays below in 95 % of samples if the probabilities [n] are right.

    Few rows show an error even then. Whether each event occurs is drawn from its probability
    (consistency resampling, Broecker & Smith 2007, https://doi.org/10.1175/WAF993.1).
    """
    random, places, rows = np.random.default_rng(seed), bins(probability), len(probability)
    errors = [
        np.abs(np.bincount(places, probability - (random.random(rows) < probability))).sum() / rows
        for _ in range(DRAWS)
    ]
    return float(np.quantile(errors, LEVEL))
