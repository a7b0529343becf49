"""What a practitioner writes with scikit-learn for a table, on a project's own split.

Run in a trained project's folder and environment; the last line printed is JSON.
"""

import json
import sys
from pathlib import Path

import joblib
import numpy as np
from fastapi.testclient import TestClient
from made.conversion import as_requests
from made.dataset import load_blocks, load_split
from made.evaluation.intervals import draw_rows
from made.metrics import LOWER_IS_BETTER, predict, scorer
from made.params import read_yaml
from made.processed import load_rows
from made.serving.app import create_app
from made.serving.bundle import Bundle
from made.task import TASK
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


def main():
    X, y = load_split("train")
    X_test, y_test = load_split("test")
    metric = read_yaml(Path("params.yaml"))["train"]["metric"]
    tried = [pipeline(*each) for each in METHODS[TASK]]
    means = [cross_val_score(each, X, y, scoring=SCORING[metric], cv=5).mean() for each in tried]
    ours = predict(joblib.load("models/model.joblib"), X_test)
    theirs = predict(tried[int(np.argmax(means))].fit(X, y), X_test)
    measured = json.loads(Path("reports/metrics.json").read_text(encoding="utf-8"))
    score = scorer(measured["output"])
    sign = -1 if metric in LOWER_IS_BETTER else 1

    def gain(rows):
        both = (score(y_test[rows], said[rows])[metric] for said in (ours, theirs))
        mine, other = both
        return sign * (mine - other)

    draws = [gain(rows) for rows in draw_rows(load_blocks("test"), 0, 500)]
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    every = np.arange(len(y_test))
    bundle = Bundle.load(Path("models/bundle"))
    with TestClient(create_app(bundle)) as client:
        asked = client.post("/predict", json=as_requests("test")[0])
        if not asked.is_success or not client.get("/ready").is_success or not client.get("/").text:
            sys.exit(f"no answer: {asked.text}")
    result = {
        "rows": sum(len(load_rows(part)) for part in ("train", "validation", "test")),
        "split": read_yaml(Path("params.yaml"))["preprocess"]["split"],
        "metric": metric,
        "candidate": measured["candidate"],
        "ours": score(y_test, ours)[metric],
        "by_hand": score(y_test, theirs)[metric],
        "gain": gain(every),
        "low": float(low),
        "high": float(high),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
