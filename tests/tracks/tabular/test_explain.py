"""Permutation importance of a model of which it is known what it uses."""

import numpy as np
import pandas as pd
from tabular_classification.explain import ExplainParams, feature_importance

PARAMS = ExplainParams(seed=0, importance_rows=500, importance_repeats=3)


class FirstColumn:
    def predict_proba(self, X):
        positive = X.iloc[:, 0].to_numpy()
        return np.column_stack([1 - positive, positive])


def test_only_what_the_model_uses_is_important():
    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.random((600, 3)), columns=["used", "day year", "day month"])
    X.attrs["features"] = ["used", "day", "day"]
    y = (X["used"] > 0.5).to_numpy().astype(int)
    used, day = feature_importance(FirstColumn(), X, y, "roc_auc", PARAMS)
    assert used["feature"] == "used" and 0.4 < used["value"] < 0.6 and used["spread"] > 0
    assert day["feature"] == "day" and day["value"] == 0
