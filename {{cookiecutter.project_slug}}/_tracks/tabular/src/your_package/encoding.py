"""Columns → the numbers that a model computes with."""

from typing import Any

import numpy as np
import pandas as pd
from ml_portfolio.tables.derived import DerivedFeatures, computable
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from .features import DERIVED


def encoder(X: pd.DataFrame, *, scale: bool) -> ColumnTransformer:
    """Turn the columns of X into the numbers that a model computes with.

    Missing numbers become the median, and each category a column of zeros and ones; a category not
    seen in training becomes all zeros. It is fitted and exported with the model. Scale for linear
    models only: trees do not need it, and rounding a scaled number to float32, as ONNX does, can
    put a row on the other side of a split. Columns are selected by position, as the exported model
    knows them by position too.
    """
    positions = np.arange(X.shape[1])
    numeric = np.array([pd.api.types.is_numeric_dtype(kind) for kind in X.dtypes])
    numbers, categories = positions[numeric].tolist(), positions[~numeric].tolist()
    names = list(X.columns[numeric])
    derived = DerivedFeatures(computable(DERIVED, names), names)
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32)
    parts = [
        ("numbers", make_pipeline(*numeric_steps(scale)), numbers),
        ("categories", one_hot, categories),
    ]
    if derived.functions:
        parts.append(("derived", make_pipeline(derived, *numeric_steps(scale)), numbers))
    return ColumnTransformer(parts)


def numeric_steps(scale: bool) -> list[Any]:
    """Fill in missing numbers, and scale them where a model needs it."""
    steps: list[Any] = [SimpleImputer(strategy="median", keep_empty_features=True)]
    return [*steps, StandardScaler()] if scale else steps


def with_encoder(X: pd.DataFrame, model: Any, *, scale: bool) -> Pipeline:
    """Return a model behind its encoder: one object, so that training and serving cannot differ."""
    return make_pipeline(encoder(X, scale=scale), model)
