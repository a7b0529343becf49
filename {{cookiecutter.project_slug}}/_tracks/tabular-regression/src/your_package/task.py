"""All that is special to this project's task: the ladder of models, simple first."""

from typing import Any

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.tree import DecisionTreeRegressor

from .encoding import encoder
from .errors import UserError

TASK = "regression"
BASELINE = "group_mean"  # what every other candidate has to beat; it is never exported


def mean(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """No model: the mean of training, whatever the row says.

    A tree that may not branch, for scikit-learn's DummyRegressor cannot be exported.
    """
    stump = DecisionTreeRegressor(min_samples_leaf=0.6, **params)
    return make_pipeline(encoder(X, scale=False), stump)


def group_mean(X: pd.DataFrame, seed: int, *, columns: list[str], **params: Any) -> Pipeline:
    """A guess without a model: the mean of the training rows that are equal in some columns.

    Where these tell the season of a time series, forecasters call it seasonal naive. A tree that
    branches on them until nothing is left to part gives just these means. Without a column it is
    the mean of all.
    """
    if not columns:
        return mean(X, seed, **params)
    if lost := set(columns) - set(X):
        raise UserError(
            "params.yaml: train.candidates.group_mean.columns must be features of "
            f"data/schema.yaml; these are not: {', '.join(sorted(lost))}."
        )
    places = [X.columns.get_loc(name) for name in columns]
    group = ColumnTransformer([("group", encoder(X[columns], scale=False), places)])
    return make_pipeline(group, DecisionTreeRegressor(random_state=seed, **params))


def ridge(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """A weight a column, kept small: the strongest model that can be read at a glance.

    How small (alpha) is chosen by leaving out each of the rows it is given in turn.
    """
    return make_pipeline(encoder(X, scale=True), RidgeCV(**params))


def random_forest(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Many deep trees on resampled rows, averaged (Breiman 2001)."""
    forest = RandomForestRegressor(random_state=seed, n_jobs=-1, **params)
    return make_pipeline(encoder(X, scale=False), forest)


def hist_gradient_boosting(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Small trees, each correcting those before it (Friedman 2001; Ke et al. 2017).

    With loss: poisson, made for counts, skl2onnx 1.20 leaves the exponential out; the stage
    `export` would stop at that.
    """
    boosting = HistGradientBoostingRegressor(random_state=seed, **params)
    return make_pipeline(encoder(X, scale=False), boosting)


LADDER = {
    build.__name__: build
    for build in (mean, group_mean, ridge, random_forest, hist_gradient_boosting)
}
