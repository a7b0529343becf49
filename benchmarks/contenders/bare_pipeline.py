"""The same fits and predictions as `dvc repro` of a tabular project, in one bare script.

Nothing is checked, tracked, drawn, explained in words or kept: this is what the rest costs nothing.
"""

import numpy as np
import onnxruntime as ort
from fitted import of_project
from ml_portfolio.config.files import read_json
from ml_portfolio.config.params import PARAMS, read_yaml
from ml_portfolio.config.paths import SPLIT
from ml_portfolio.config.processed import load_rows
from ml_portfolio.export.pipeline import pipeline_to_onnx
from ml_portfolio.tables.splits import folds
from sklearn.base import clone
from sklearn.inspection import permutation_importance

dataset, models = of_project("dataset"), of_project("models")
settings = read_yaml(PARAMS)
train, evaluate = settings["train"], settings["evaluate"]


def main() -> None:
    X, y = dataset.load_split("train")
    split = read_json(SPLIT)
    parts = folds(split["kind"], load_rows("train")[split["key"]], train["folds"], train["seed"])
    for name, parameters in train["candidates"].items():
        model = getattr(models, name)(X, train["seed"], **parameters)
        for fitted, held_out in parts:
            part = clone(model).fit(X.iloc[fitted], y[fitted])
            predict(part, X.iloc[held_out])
        last = model.fit(X, y)
    for name in ("validation", "test"):
        predict(last, dataset.load_split(name)[0])
    order = np.random.default_rng(0).permutation(len(y))
    for share in evaluate["learning_shares"]:
        some = order[: round(share * len(y))]
        part = clone(last).fit(X.iloc[some], y[some])
        predict(part, X.iloc[some])
        predict(part, dataset.load_split("validation")[0])
    test, truth = dataset.load_split("test")
    some = np.arange(min(len(truth), evaluate["importance_rows"]))
    permutation_importance(
        last, test.iloc[some], truth[some], n_repeats=evaluate["importance_repeats"]
    )
    ort.InferenceSession(pipeline_to_onnx(last, dataset.load_inputs()))


def predict(model, X):
    return model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)


if __name__ == "__main__":
    main()
