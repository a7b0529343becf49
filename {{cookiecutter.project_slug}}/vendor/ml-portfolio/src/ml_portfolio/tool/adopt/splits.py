"""The split that fits the rows, tried with the code that the pipeline splits with."""

import numpy as np
import pandas as pd
from pydantic import BaseModel

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import PARAMS, Seed, Share, ShareOrZero, load_section
from ml_portfolio.evaluation.conformal import conformal_quantile
from ml_portfolio.tables.schema import Schema
from ml_portfolio.tables.splits import SplitKind, folds, hold_out
from ml_portfolio.tables.target import Task, check_parts, check_target
from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.asking import Asker

FOLDS = (5, 4, 3, 2)
MEANINGS: dict[SplitKind, str] = {
    "time": "trained on the past, tested on what came after it",
    "group": "rows of one person, machine or place stay together",
    "stratified": "at random, each class keeping its share",
    "random": "at random",
}


class EvaluateParams(BaseModel):
    confidence: ShareOrZero = 0  # 0: no label sets or intervals


class SplitSettings(EvaluateParams):
    """What of params.yaml decides how large the splits are, and how large they must be."""

    validation_share: Share
    test_share: Share
    seed: Seed


def load_split_settings() -> SplitSettings:
    confidence = load_section("evaluate", EvaluateParams).confidence
    return load_section("preprocess", SplitSettings).model_copy(update={"confidence": confidence})


def try_split(key: pd.Series, kind: SplitKind, settings: SplitSettings) -> dict[str, np.ndarray]:
    """Split rows by their key [n]; return the positions in train, validation and test.

    Raises UserError where the key has too few different values, or the validation split is too
    small for evaluate.confidence.
    """
    rest, test = hold_out(kind, key, settings.test_share, settings.seed)
    share = settings.validation_share / (1 - settings.test_share)
    train, validation = hold_out(kind, key.iloc[rest], share, settings.seed)
    if settings.confidence:
        conformal_quantile(np.zeros(len(validation)), settings.confidence)
    return {"train": rest[train], "validation": rest[validation], "test": test}


def choose_split(
    rows: pd.DataFrame, schema: Schema, task: Task, settings: SplitSettings, asker: Asker
) -> list[Setting]:
    """Return the settings of the split and the folds; raises UserError where none works.

    rows: as tables/validation.py returns them
    """
    target = schema.target
    check_target(rows[target.name], target, task)
    plain = "stratified" if task == "classification" else "random"
    kinds = [kind for kind in MEANINGS if schema.key(kind) or kind == plain]
    if len(kinds) > 1:
        meanings = {str(kind): MEANINGS[kind] for kind in kinds}
        chosen = asker.choose("How will the model be tested?", meanings, kinds[0])
        kinds.sort(key=lambda kind: kind != chosen)
    for kind in kinds:
        key = rows[(schema.key(kind) or target).name]
        for count in FOLDS:
            try:
                try_folds(rows[target.name], key, task, kind, count, settings)
            except UserError as error:
                failure = error
                continue
            drift = "the most that a column may shift from training to test (PSI)"
            if kind == "time":
                drift = "split by time, the test rows may be of another season; else 0.25 (PSI)"
            return [
                Setting("preprocess.split", kind),
                Setting("train.folds", count),
                Setting("quality.max_drift", None if kind == "time" else 0.25, drift),
            ]
        reason = str(failure).removeprefix(f"{PARAMS}: ").split(":")[0]
        asker.note(f"the split is not by '{key.name}': {reason}")
    raise failure


def try_folds(
    y: pd.Series, key: pd.Series, task: Task, kind: SplitKind, count: int, settings: SplitSettings
) -> None:
    """Split a target [n] by a key [n] as the pipeline does.

    Raises UserError where a split, or a fold, lacks a class or has one number only.
    """
    parts = try_split(key, kind, settings)
    check_parts(y, {f"the {name} split": y.iloc[part] for name, part in parts.items()}, task)
    train, train_key = y.iloc[parts["train"]], key.iloc[parts["train"]]
    for fitted, held_out in folds(kind, train_key, count, settings.seed):
        used = {"what is fitted on": train.iloc[fitted], "what is held out": train.iloc[held_out]}
        check_parts(train, used, task)
