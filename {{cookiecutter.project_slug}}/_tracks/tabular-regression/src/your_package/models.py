"""The candidates of the model comparison, from simple to advanced.

A candidate is a function `name(X, seed, **parameters)` that returns a model which is not fitted
yet; params.yaml lists it under train.candidates with its parameters.
"""

from typing import Any

import pandas as pd
from ml_portfolio.config.errors import UserError
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.tree import DecisionTreeRegressor

from .encoding import encoder, with_encoder


def mean(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """No model: the mean of training, whatever the row holds.

    A tree that may not branch, since scikit-learn's DummyRegressor cannot be exported to ONNX.
    """
    return with_encoder(X, DecisionTreeRegressor(min_samples_leaf=0.6, **params), scale=False)


def group_mean(X: pd.DataFrame, seed: int, *, columns: list[str], **params: Any) -> Pipeline:
    """No model: the mean of the training rows that are equal in some columns.

    Where these are the season of a time series, forecasters call it seasonal naive. A tree that
    branches on them until nothing is left to split gives exactly these means.
    """
    if not columns:
        return mean(X, seed, **params)
    if unknown := set(columns) - set(X):
        raise UserError(
            "params.yaml: train.candidates.group_mean.columns must be features of "
            f"data/schema.yaml; these are not: {', '.join(sorted(unknown))}."
        )
    positions = [X.columns.get_loc(name) for name in columns]
    group = ColumnTransformer([("group", encoder(X[columns], scale=False), positions)])
    return make_pipeline(group, DecisionTreeRegressor(random_state=seed, **params))


def ridge(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """One weight per column, kept small: the strongest model that can be read at a glance.

    How small (alpha) is chosen by leaving out each of the rows that it is fitted on in turn.
    """
    return with_encoder(X, RidgeCV(**params), scale=True)


def random_forest(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Many deep trees on resampled rows, averaged (Breiman 2001)."""
    model = RandomForestRegressor(random_state=seed, n_jobs=-1, **params)
    return with_encoder(X, model, scale=False)


def hist_gradient_boosting(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Small trees, each correcting those before it (Friedman 2001; Ke et al. 2017).

    With loss: poisson, made for counts, skl2onnx 1.20 leaves out the exponential: `export` stops.
    """
    model = HistGradientBoostingRegressor(random_state=seed, **params)
    return with_encoder(X, model, scale=False)
