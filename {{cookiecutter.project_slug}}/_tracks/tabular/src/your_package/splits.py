"""Who is learnt from and who is tested on: the split, and the folds within training.

`preprocess.split` in params.yaml says how; a column, the key, steers it:
    random      rows have nothing to do with one another; no key
    stratified  the same, and each class keeps its share; the key is the target
    group       rows of one person, machine or place stay together; the key has `role: group`
    time        learnt from the past, tested on what came after it; the key has `role: time`
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

from .errors import UserError
from .schema import Schema

Kind = Literal["random", "stratified", "group", "time"]
Rows = tuple[np.ndarray, np.ndarray]  # numbers of the rows to fit on, and of those held out


def find_key(kind: Kind, schema: Schema) -> str:
    """The column that steers a split; raises UserError where the schema has none that can."""
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
            "write it under one in data/schema.yaml, or split otherwise."
        )
    return column.name


def split(
    rows: pd.DataFrame, kind: Kind, key: str, validation_share: float, test_share: float, seed: int
) -> dict[str, pd.DataFrame]:
    """Part the rows once into train, validation and test; by time, each part is in its order.

    Raises UserError where the key has too few different values for three parts.
    """
    if kind in ("group", "time") and rows[key].nunique() < 3:
        raise too_few(rows[key])
    rest, test = hold_out(kind, rows[key], test_share, seed)
    share = validation_share / (1 - test_share)
    train, validation = hold_out(kind, rows[key].iloc[rest], share, seed)
    parts = {"train": rest[train], "validation": rest[validation], "test": test}
    return {name: rows.iloc[places] for name, places in parts.items()}


def hold_out(kind: Kind, key: pd.Series, share: float, seed: int) -> Rows:
    """Hold out a share of the rows, or of the groups."""
    if kind == "time":
        return newest(key, share)
    if kind == "group":
        cut = GroupShuffleSplit(1, test_size=share, random_state=seed)
        return next(cut.split(key, groups=key))
    classes = key if kind == "stratified" else None
    places = np.arange(len(key))
    return tuple(train_test_split(places, test_size=share, stratify=classes, random_state=seed))


def newest(key: pd.Series, share: float) -> Rows:
    """Hold out the newest rows. Rows of one time stay together; equal ones keep their order."""
    order = key.argsort(kind="stable").to_numpy()
    times = key.iloc[order]
    late = (times >= times.iloc[int(len(times) * (1 - share))]).to_numpy()
    if late.all():
        raise too_few(key)
    return order[~late], order[late]


def folds(kind: Kind, key: pd.Series, count: int, seed: int) -> list[Rows]:
    """The (fit, held-out) row numbers of each fold, the same for every candidate.

    By time, each fold is fitted on all that came before what it holds out.
    """
    check_count(kind, key, count)
    if kind == "time":
        return expanding(key, count)
    cuts = {"random": KFold, "stratified": StratifiedKFold, "group": GroupKFold}
    cut = cuts[kind](count, shuffle=True, random_state=seed)
    return list(cut.split(key, key, key if kind == "group" else None))


def expanding(key: pd.Series, count: int) -> list[Rows]:
    """Cut time into count + 1 stretches; each but the first is held out after those before it."""
    times, place = np.unique(key, return_inverse=True)
    return [
        (np.flatnonzero(np.isin(place, past)), np.flatnonzero(np.isin(place, future)))
        for past, future in TimeSeriesSplit(count).split(times)
    ]


def check_count(kind: Kind, key: pd.Series, count: int) -> None:
    most, what = {
        "random": (len(key), "rows"),
        "stratified": (key.value_counts().min(), "rows of the rarest class"),
        "group": (key.nunique(), f"different values of '{key.name}'"),
        "time": (key.nunique() - 1, f"values of '{key.name}' after the first"),
    }[kind]
    if not 2 <= count <= most:
        raise UserError(
            f"params.yaml: train.folds is {count}, but must be from 2 to {max(most, 2)}: the "
            f"training rows have {most} {what}."
        )


def too_few(key: pd.Series) -> UserError:
    return UserError(
        f"the rows cannot be split by '{key.name}': it has too few different values "
        f"({key.nunique()}), or most rows have the same. Choose another preprocess.split in "
        "params.yaml, or give that role to another column in data/schema.yaml."
    )
