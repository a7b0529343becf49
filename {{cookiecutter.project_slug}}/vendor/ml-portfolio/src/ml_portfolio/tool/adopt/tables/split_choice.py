"""The split and the folds that fit a table."""

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import PARAMS
from ml_portfolio.tables.schema import Schema
from ml_portfolio.tables.splits import SplitKind, folds
from ml_portfolio.tables.target import Task, check_parts, check_target
from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.split_trial import SplitSettings, try_split

FOLDS = (5, 4, 3, 2)
MEANINGS: dict[SplitKind, str] = {
    "time": "trained on the past, tested on what came after it",
    "group": "rows of one person, machine or place stay together",
    "stratified": "at random, each class keeping its share",
    "random": "at random",
}


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
            return [Setting("preprocess.split", kind), Setting("train.folds", count)]
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
