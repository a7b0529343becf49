"""The candidates of the model comparison, from simple to advanced.

A candidate is a function `name(X, seed, **parameters)` that returns a model which is not fitted
yet; params.yaml lists it under train.candidates with its parameters.
"""

from typing import Any

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import Pipeline

from .encoding import with_encoder


def majority(X: pd.DataFrame, seed: int, **params: Any) -> DummyClassifier:
    """No model: the share of each class in training, whatever the row holds."""
    return DummyClassifier(strategy="prior", **params)


def logistic_regression(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """One weight per column, kept small: the strongest model that can be read at a glance.

    How small (C) is chosen by cross-validation on the rows that it is fitted on, no others.
    """
    model = LogisticRegressionCV(
        scoring="neg_log_loss",
        l1_ratios=(0,),
        use_legacy_attributes=False,
        random_state=seed,
        **params,
    )
    return with_encoder(X, model, scale=True)


def random_forest(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Many deep trees on resampled rows, averaged (Breiman 2001)."""
    model = RandomForestClassifier(random_state=seed, n_jobs=-1, **params)
    return with_encoder(X, model, scale=False)


def hist_gradient_boosting(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Small trees, each correcting those before it (Friedman 2001; Ke et al. 2017)."""
    model = HistGradientBoostingClassifier(random_state=seed, **params)
    return with_encoder(X, model, scale=False)
