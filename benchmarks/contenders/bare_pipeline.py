"""The same fits and predictions as `dvc repro` of a tabular project, in one bare script.

Nothing is checked, tracked, drawn, explained in words or kept: this is what the rest costs nothing.
"""

import numpy as np
import onnxruntime as ort
from fitted import of_project
from sklearn.base import clone
from sklearn.inspection import permutation_importance

dataset, params, task = of_project("dataset"), of_project("params"), of_project("task")
settings = {
    stage: params.read_yaml(params.PARAMS)[stage] for stage in ("train", "diagnose", "explain")
}


def candidates(X):
    for name, build in task.LADDER.items():
        chosen = settings["train"]["candidates"].get(name)
        if chosen is not None:
            yield build(X, settings["train"]["seed"], **chosen)


def main() -> None:
    X, y, folds = dataset.load_comparison(settings["train"]["folds"], settings["train"]["seed"])
    for model in candidates(X):
        for fitted, held_out in folds:
            part = clone(model).fit(X.iloc[fitted], y[fitted])
            ask(part, X.iloc[held_out])
        last = model.fit(X, y)
    for name in ("validation", "test"):
        ask(last, dataset.load_split(name)[0])
    order = np.random.default_rng(0).permutation(len(y))
    for share in settings["diagnose"]["learning_shares"]:
        some = order[: round(share * len(y))]
        part = clone(last).fit(X.iloc[some], y[some])
        ask(part, X.iloc[some])
        ask(part, dataset.load_split("validation")[0])
    test, truth = dataset.load_split("test")
    some = np.arange(min(len(truth), settings["explain"]["rows"]))
    permutation_importance(
        last, test.iloc[some], truth[some], n_repeats=settings["explain"]["repeats"]
    )
    graph = of_project("conversion").to_onnx(last, X)
    ort.InferenceSession(graph)


def ask(model, X):
    return model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)


if __name__ == "__main__":
    main()
