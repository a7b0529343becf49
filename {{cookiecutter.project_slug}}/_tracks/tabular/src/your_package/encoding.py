"""Columns → the numbers a model computes with. It is fitted with the model and exported with it."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def encoder(X: pd.DataFrame, *, scale: bool) -> ColumnTransformer:
    """Missing numbers become the median; each category becomes a column of zeros and ones.

    A category not seen in training becomes all zeros. Scale for linear models only: trees do not
    need it, and after it float32 and float64 disagree about their thresholds.
    Columns are named by place, for the exported model knows them by place too.
    """
    places = np.arange(X.shape[1])
    numeric = np.array([pd.api.types.is_numeric_dtype(kind) for kind in X.dtypes])
    numbers = [SimpleImputer(strategy="median", keep_empty_features=True)]
    if scale:
        numbers.append(StandardScaler())
    words = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float32)
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(*numbers), places[numeric].tolist()),
            ("words", words, places[~numeric].tolist()),
        ]
    )
