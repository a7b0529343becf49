"""The split that fits, tried on the rows themselves with the code that will make it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pydantic import BaseModel

from ..errors import UserError
from ..evaluation.quantile import conformal_quantile
from ..kinds import as_date
from ..params import PARAMS, ShareOrNone, load
from ..preprocess import PreprocessParams
from ..schema import Column
from ..splits import Kind, folds, split
from ..target import check_parts, check_target
from .adoption import Setting
from .asking import Asker
from .guess import Guess

FOLDS = (5, 4, 3, 2)
MEANS = {
    "time": "learnt from the past, tested on what came after it",
    "group": "rows of one person, machine or place stay together",
    "stratified": "at random, each class keeping its share",
    "random": "at random",
}


class Promise(BaseModel):
    """Of the stage `evaluate`, what hangs on how many rows there are."""

    confidence: ShareOrNone


def choose(
    rows: pd.DataFrame, guesses: Sequence[Guess], target: Guess, asker: Asker
) -> list[Setting]:
    """Return the settings of the split and the folds; raises UserError where none works.

    rows: the target, and the columns that could steer, as they are in the raw file
    """
    keys = {each.role: each for each in guesses if each.role in ("time", "group")}
    plain: Kind = "random" if target.is_number else "stratified"
    kinds: list[Kind] = [*(kind for kind in ("time", "group") if kind in keys), plain]  # type: ignore[list-item]
    if len(kinds) > 1:
        question = "How will the model be tested?"
        chosen = asker.choose(question, {kind: MEANS[kind] for kind in kinds}, kinds[0])
        kinds.sort(key=lambda kind: kind != chosen)
    values = as_values(rows[target.name], target)
    words = target.categories if target.type == "category" else ()
    column = Column(name=target.name, type=target.type, role="target", categories=words)  # type: ignore[arg-type]
    check_target(values, column)
    last: UserError | None = None
    for kind in kinds:
        key = keys[kind] if kind in keys else target
        for count in FOLDS:
            try:
                try_out(values, as_values(rows[key.name], key), kind, count)
            except UserError as error:
                last = error
                continue
            return [Setting("preprocess.split", kind), Setting("train.folds", count)]
        why = str(last).removeprefix(f"{PARAMS}: ").split(":")[0]
        asker.tell(f"the split is not by '{key.name}': {why}")
    raise last or UserError("the rows cannot be split.")


def as_values(text: pd.Series, column: Guess) -> pd.Series:
    if column.type == "date":
        return as_date(text)
    return pd.to_numeric(text) if column.is_number else text


def try_out(target: pd.Series, key: pd.Series, kind: Kind, count: int) -> None:
    """Make the split and the folds as the pipeline does; raises UserError where a part is poor."""
    params = load("preprocess", PreprocessParams)
    rows = pd.DataFrame({"target": target, "key": key})
    parts = split(rows, kind, "key", params.validation_share, params.test_share, params.seed)
    check_parts(target, {f"the {name} split": part["target"] for name, part in parts.items()})
    conformal_quantile(np.zeros(len(parts["validation"])), load("evaluate", Promise).confidence)
    train = parts["train"]
    for places in folds(kind, train["key"], count, params.seed):
        for use, part in zip(("fitted on", "held out"), places, strict=True):
            check_parts(train["target"], {f"what is {use}": train["target"].iloc[part]})
