"""Which features the model relies on: a part of the stage `evaluate`.

Permutation importance (Breiman 2001; Fisher et al. 2019, https://arxiv.org/abs/1801.01489): a
feature is shuffled among the test rows, and by how much the metric gets worse is its importance. Of
two features that carry the same information, each may look unimportant. It shows what the model
uses, not what causes what.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from ml_portfolio.bundle.protocols import OutputSpec
from ml_portfolio.config.params import Seed, Strict
from ml_portfolio.evaluation.figures_explanation import draw_feature_importance
from ml_portfolio.evaluation.metrics import METRICS, direction
from ml_portfolio.evaluation.predictions import HeldOut
from pydantic import Field
from sklearn.inspection import permutation_importance

from .metrics import predict, score


class ExplainParams(Strict):
    seed: Seed
    importance_rows: int = Field(ge=2)  # of the test split, at most
    importance_repeats: int = Field(ge=2)  # how often each feature is shuffled


def explain(
    model: Any,
    X: pd.DataFrame,
    test: HeldOut,
    decision: OutputSpec,
    metric: str,
    params: ExplainParams,
) -> tuple[dict[str, Any], dict[str, Figure]]:
    """Return the importance of each feature, the most important first, and its figure."""
    features = feature_importance(model, X, test.y, metric, params)
    first = ", ".join(f"{one['feature']} ({one['value']:.3g})" for one in features[:3])
    summary = f"{METRICS[metric].title} suffers most when these are shuffled: {first}."
    explanation = {
        "method": "permutation importance",
        "features": features,
        "examples": [],
        "summary": summary,
    }
    return explanation, {"feature_importance": draw_feature_importance(features, metric)}


def feature_importance(
    model: Any, X: pd.DataFrame, y: np.ndarray, metric: str, params: ExplainParams
) -> list[dict[str, Any]]:
    """Return by how much the metric gets worse when a feature of X [n, columns] is shuffled.

    A date or a text is several columns of X: they are shuffled together, by shuffling the numbers
    of the rows from which the feature is taken.
    """
    sample = np.random.default_rng(params.seed).permutation(len(y))[: params.importance_rows]
    X, y, order = X.iloc[sample], y[sample], np.arange(len(sample))
    names = np.array(X.attrs["features"])  # the feature that each column of X belongs to
    features = list(dict.fromkeys(names))

    def scorer(fitted: Any, sources: np.ndarray, y: np.ndarray) -> float:
        shuffled = X.copy()
        for feature, source in zip(features, sources.T, strict=True):
            if (source != order).any():
                for position in np.flatnonzero(names == feature):
                    shuffled.isetitem(position, X.iloc[source, position].to_numpy())
        return direction(metric) * score(y, predict(fitted, shuffled))[metric]

    found = permutation_importance(
        model,
        np.tile(order[:, None], len(features)),
        y,
        scoring=scorer,
        n_repeats=params.importance_repeats,
        random_state=params.seed,
    )
    table = zip(features, found.importances_mean, found.importances_std, strict=True)
    importance = [{"feature": f, "value": float(v), "spread": float(s)} for f, v, s in table]
    return sorted(importance, key=lambda one: -one["value"])
