"""A split tried on the rows themselves, with the code that the pipeline splits with."""

import numpy as np
import pandas as pd
from pydantic import BaseModel

from ml_portfolio.config.params import Seed, Share, ShareOrZero, load_section
from ml_portfolio.evaluation.conformal import conformal_quantile
from ml_portfolio.tables.splits import SplitKind, hold_out


class SplitSettings(BaseModel):
    """What of params.yaml decides how large the splits are, and how large they must be."""

    validation_share: Share
    test_share: Share
    seed: Seed
    confidence: ShareOrZero = 0  # of the section `evaluate`; 0: no label sets or intervals


class EvaluateParams(BaseModel):
    confidence: ShareOrZero


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
