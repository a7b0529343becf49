"""Who is learnt from and who is tested on: the split, and the folds within training."""

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold, train_test_split

from .errors import UserError

Rows = tuple[np.ndarray, np.ndarray]  # numbers of the rows to fit on, and of those held out


def split(
    rows: pd.DataFrame, target: str, validation_share: float, test_share: float, seed: int
) -> dict[str, pd.DataFrame]:
    """Part the rows once into train, validation and test, each with the same share of classes.

    Raises UserError where the target has one class only, or a class or a split too few rows.
    """
    counts = rows[target].value_counts()
    if len(counts) < 2:
        raise UserError(
            f"the target '{target}' has one class only ({', '.join(counts.index)}): there is "
            "nothing to tell apart. Choose another target in data/schema.yaml."
        )
    if counts.iloc[-1] < 10:
        raise UserError(
            f"the class '{counts.index[-1]}' of '{target}' has {counts.iloc[-1]} good rows, "
            "too few to learn from and test on: collect 10 or more, or merge it with another class."
        )
    least = round(min(validation_share, test_share) * len(rows))
    if least < len(counts):
        raise UserError(
            "params.yaml: preprocess.validation_share and test_share must each take a row of all "
            f"{len(counts)} classes, and one takes {least} rows: raise it."
        )
    rest, test = train_test_split(
        rows, test_size=test_share, stratify=rows[target], random_state=seed
    )
    train, validation = train_test_split(
        rest,
        test_size=validation_share / (1 - test_share),
        stratify=rest[target],
        random_state=seed,
    )
    return {"train": train, "validation": validation, "test": test}


def folds(y: np.ndarray, count: int, seed: int) -> list[Rows]:
    """The (fit, held-out) row numbers of each fold, the same for every candidate."""
    fewest = np.bincount(y).min()
    if fewest < count:
        raise UserError(
            f"params.yaml: train.folds is {count}, but the rarest class has {fewest} training "
            f"rows: set it to {max(fewest, 2)} or lower."
        )
    cut = StratifiedKFold(count, shuffle=True, random_state=seed)
    return list(cut.split(np.zeros(len(y)), y))
