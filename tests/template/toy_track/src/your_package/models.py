"""The candidates of the model comparison, from simple to advanced."""

from typing import Any

import pandas as pd
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVR
from sklearn.tree import DecisionTreeRegressor

from .encoding import with_encoder


def mean(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """No model: the mean rating of training, whatever the text says."""
    return with_encoder(X, DecisionTreeRegressor(min_samples_leaf=0.6, **params), scale=False)


def ridge(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """One weight a word, kept small."""
    return with_encoder(X, RidgeCV(**params), scale=True)


def support_vectors(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """One weight a word, fitted to absolute errors (Ho & Lin 2012)."""
    return with_encoder(X, LinearSVR(random_state=seed, **params), scale=True)
