"""Which rows a model learns from and which it is tested on: the split, and the folds in training.

`preprocess.split` in params.yaml names the kind; a column, the key, decides about each row:
    random      rows are independent of each other; no key
    stratified  the same, and each class keeps its share; the key is the target
    group       rows of one person, machine or place stay together; the key has `role: group`
    time        trained on the past, tested on what came after; the key has `role: time`
"""

from typing import Literal

import numpy as np
import pandas as pd
from sklearn.model_selection import (
    GroupKFold,
    GroupShuffleSplit,
    KFold,
    StratifiedKFold,
    TimeSeriesSplit,
    train_test_split,
)

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.schema import Schema

SplitKind = Literal["random", "stratified", "group", "time"]
Fold = tuple[np.ndarray, np.ndarray]  # numbers of the rows to fit on, and of those held out


def find_key(kind: SplitKind, schema: Schema) -> str:
    """Return the column that decides about a split; raises UserError where the schema has none."""
    if kind == "stratified" and schema.target.is_number:
        raise UserError(
            "params.yaml: preprocess.split 'stratified' keeps the shares of classes, but the "
            f"target '{schema.target.name}' is a number: write random, group or time."
        )
    if kind in ("random", "stratified"):
        return schema.target.name
    column = schema.key(kind)
    if column is None:
        raise UserError(
            f"params.yaml: preprocess.split is '{kind}', but no column has 'role: {kind}': "
            "write it under one in data/schema.yaml, or choose another split."
        )
    return column.name


def hold_out(kind: SplitKind, key: pd.Series, share: float, seed: int) -> Fold:
    """Hold out a share of the rows, or of the groups.

    key: the values [n] of the column that decides. Returns the numbers of the other rows, and of
    those held out; by time, each in its order. Raises UserError where the key has too few values.
    """
    if kind == "time":
        return newest(key, share)
    if kind == "group":
        if key.nunique() < 2:
            raise too_few_values(key)
        shuffle = GroupShuffleSplit(1, test_size=share, random_state=seed)
        rest, held_out = next(shuffle.split(key, groups=key))
        return rest, held_out
    classes = key if kind == "stratified" else None
    needed = 1 if classes is None else key.nunique()
    count = int(np.ceil(share * len(key)))
    if (least := min(count, len(key) - count)) < needed:
        amount = "a row" if classes is None else f"a row of each of the {needed} classes"
        raise UserError(
            "params.yaml: preprocess.validation_share and test_share must leave "
            f"{amount} to each split, and one would get {least}: change them, or collect more rows."
        )
    rows = np.arange(len(key))
    rest, held_out = train_test_split(rows, test_size=share, stratify=classes, random_state=seed)
    return rest, held_out


def newest(key: pd.Series, share: float) -> Fold:
    """Hold out the newest rows. Rows of one time stay together; equal ones keep their order."""
    order = key.argsort(kind="stable").to_numpy()
    times = key.iloc[order]
    late = (times >= times.iloc[int(len(times) * (1 - share))]).to_numpy()
    if late.all():
        raise too_few_values(key)
    return order[~late], order[late]


def folds(kind: SplitKind, key: pd.Series, count: int, seed: int) -> list[Fold]:
    """Return the numbers of the rows to fit on and of those held out, for each fold.

    key: the values [n] of the column that decides. By time, each fold is fitted on all rows before
    those it holds out. Raises UserError where the key has too few values for the folds.
    """
    check_count(kind, key, count)
    if kind == "time":  # cut into count + 1 periods: each but the first follows those fitted on
        times, period = np.unique(key, return_inverse=True)
        return [
            (np.flatnonzero(np.isin(period, past)), np.flatnonzero(np.isin(period, future)))
            for past, future in TimeSeriesSplit(count).split(times)
        ]
    splitters = {"random": KFold, "stratified": StratifiedKFold, "group": GroupKFold}
    splitter = splitters[kind](count, shuffle=True, random_state=seed)
    return list(splitter.split(key, key, key if kind == "group" else None))


def check_count(kind: SplitKind, key: pd.Series, count: int) -> None:
    most, unit = {
        "random": (len(key), "rows"),
        "stratified": (key.value_counts().min(), "rows of the rarest class"),
        "group": (key.nunique(), f"different values of '{key.name}'"),
        "time": (key.nunique() - 1, f"values of '{key.name}' after the first"),
    }[kind]
    if not 2 <= count <= most:
        raise UserError(
            f"params.yaml: train.folds is {count}, but must be from 2 to {max(most, 2)}: the "
            f"training rows have {most} {unit}."
        )


def too_few_values(key: pd.Series) -> UserError:
    return UserError(
        f"the rows cannot be split by '{key.name}': it has too few different values "
        f"({key.nunique()}), or most rows have the same. Choose another preprocess.split in "
        "params.yaml, or give that role to another column in data/schema.yaml."
    )
