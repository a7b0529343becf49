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

    A date or a text is several columns of X, which are shuffled together.
    """
    rng, sign = np.random.default_rng(params.seed), direction(metric)
    sample = rng.permutation(len(y))[: params.importance_rows]
    X, y = X.iloc[sample], y[sample]
    names = np.array(X.attrs["features"])  # the feature that each column of X belongs to
    unshuffled = sign * score(y, predict(model, X))[metric]
    importance = []
    for feature in dict.fromkeys(names.tolist()):
        losses = []
        for _ in range(params.importance_repeats):
            order, shuffled = rng.permutation(len(y)), X.copy()
            for position in np.flatnonzero(names == feature):
                shuffled.isetitem(position, X.iloc[order, position].to_numpy())
            losses.append(unshuffled - sign * score(y, predict(model, shuffled))[metric])
        spread = float(np.std(losses))
        importance.append({"feature": feature, "value": float(np.mean(losses)), "spread": spread})
    return sorted(importance, key=lambda one: -one["value"])
