"""All that is special to this project's task: the ladder of models, simple first."""

from typing import Any

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import Pipeline, make_pipeline

from .encoding import encoder

TASK = "classification"
BASELINE = "majority"  # what every other candidate has to beat; it is never exported


def majority(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """No model: the share of each class in training, whatever the row says."""
    return make_pipeline(DummyClassifier(strategy="prior", **params))


def logistic_regression(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """A weight a column, kept small: the strongest model that can be read at a glance.

    How small (C) is chosen by cross-validation on the rows it is given, no others.
    """
    regression = LogisticRegressionCV(
        scoring="neg_log_loss",
        l1_ratios=(0,),
        use_legacy_attributes=False,
        random_state=seed,
        **params,
    )
    return make_pipeline(encoder(X, scale=True), regression)


def random_forest(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Many deep trees on resampled rows, averaged (Breiman 2001)."""
    forest = RandomForestClassifier(random_state=seed, n_jobs=-1, **params)
    return make_pipeline(encoder(X, scale=False), forest)


def hist_gradient_boosting(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Small trees, each correcting those before it (Friedman 2001; Ke et al. 2017)."""
    boosting = HistGradientBoostingClassifier(random_state=seed, **params)
    return make_pipeline(encoder(X, scale=False), boosting)


LADDER = {
    build.__name__: build
    for build in (majority, logistic_regression, random_forest, hist_gradient_boosting)
}
