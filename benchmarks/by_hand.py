"""What a practitioner writes with scikit-learn for a table, on a project's own split.

Run in a trained project's folder and environment; the last line printed is JSON.
"""

import json
import sys
from pathlib import Path

import joblib
import numpy as np
from fastapi.testclient import TestClient
from made.app import create_app
from made.dataset import load_blocks, load_split
from made.metrics import fast_score, predict
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.params import load_project, read_yaml
from ml_portfolio.config.processed import load_rows
from ml_portfolio.evaluation.bootstrap import score_intervals
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.serving.settings import Settings
from ml_portfolio.tables.column_types import as_requests
from ml_portfolio.tables.schema import load_schema
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

numbers = make_column_selector(dtype_include=np.number)
words = make_column_selector(dtype_exclude=np.number)
METHODS = {
    "classification": [
        (LogisticRegressionCV(Cs=5, max_iter=2000, scoring="neg_log_loss"), True),
        (HistGradientBoostingClassifier(random_state=0, early_stopping=True), False),
    ],
    "regression": [
        (RidgeCV(np.logspace(-2, 3, 12)), True),
        (HistGradientBoostingRegressor(random_state=0, early_stopping=True), False),
    ],
}
SCORING = {"roc_auc": "roc_auc_ovr", "mae": "neg_mean_absolute_error", "accuracy": "accuracy"}


def pipeline(model, linear):
    fill = make_pipeline(SimpleImputer(), StandardScaler()) if linear else "passthrough"
    encode = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    return make_pipeline(make_column_transformer((fill, numbers), (encode, words)), model)


def gain_over(theirs, ours, y, metric):
    """How much better ours are than theirs on the same test rows, with its interval."""
    both = HeldOut(y, ours, theirs, load_blocks("test"))
    return score_intervals(both, fast_score(), seed=0)["gain"][metric]


def main():
    X, y = load_split("train")
    X_test, y_test = load_split("test")
    metric = read_yaml(Path("params.yaml"))["train"]["metric"]
    tried = [pipeline(*each) for each in METHODS[load_project().task]]
    means = [cross_val_score(each, X, y, scoring=SCORING[metric], cv=5).mean() for each in tried]
    ours = predict(joblib.load("models/model.joblib"), X_test)
    theirs = predict(tried[int(np.argmax(means))].fit(X, y), X_test)
    measured = json.loads(Path("reports/metrics.json").read_text(encoding="utf-8"))
    measured_gain = gain_over(theirs, ours, y_test, metric)
    bundle = Bundle.load(Path("models/bundle"))
    request = as_requests(load_rows("test").iloc[:1], load_schema())[0]
    with TestClient(create_app(bundle, Settings())) as client:
        reply = client.post("/predict", json=request)
        if not reply.is_success or not client.get("/ready").is_success or not client.get("/").text:
            sys.exit(f"no answer: {reply.text}")
    result = {
        "rows": sum(len(load_rows(part)) for part in ("train", "validation", "test")),
        "split": read_yaml(Path("params.yaml"))["preprocess"]["split"],
        "metric": metric,
        "candidate": measured["candidate"],
        "ours": fast_score()(y_test, ours)[metric],
        "by_hand": fast_score()(y_test, theirs)[metric],
        "gain": measured_gain["value"],
        "low": measured_gain["low"],
        "high": measured_gain["high"],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
