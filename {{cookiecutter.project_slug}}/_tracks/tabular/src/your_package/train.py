"""Stage `train`: cross-validate the candidates, simple ones first, choose one, and fit it.

The choice is made on the training split alone; validation and test split are not read here.
"""

import time
from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
import pandas as pd
from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import atomic, read_json, sha256, write_json
from ml_portfolio.config.params import Seed, Strict, load_section
from ml_portfolio.config.paths import BASELINE_MODEL, CHOICE, MODEL, PROCESSED, RUNS, SPLIT
from ml_portfolio.config.processed import load_rows
from ml_portfolio.evaluation.comparison import Difference, compare_folds
from ml_portfolio.evaluation.metrics import check_metric
from ml_portfolio.ladder import find_candidates, fitting
from ml_portfolio.tables.splits import Fold, folds
from ml_portfolio.tracking import Run, log_runs
from pydantic import Field
from tqdm import tqdm

from . import models
from .choice import Result, choose_candidate, runs_table
from .dataset import load_split
from .metrics import predict, score


class TrainParams(Strict):
    seed: Seed
    folds: int = Field(ge=2)
    metric: str  # the candidates are compared by its mean over the folds
    standard_errors: float = Field(ge=0)  # a simpler candidate this close to the best is preferred
    track: bool  # log to MLflow
    baseline: str  # the candidate that every other has to beat
    candidates: dict[str, dict[str, Any]]  # functions of models.py, simple ones first; parameters


def cross_validate(
    result: Result,
    build: Callable[[pd.DataFrame], Any],
    X: pd.DataFrame,
    y: np.ndarray,
    parts: list[Fold],
) -> None:
    """Fit a candidate on each fold and score it on the rows held out; then fit it on all rows."""
    for train_rows, held_out in parts:
        model = build(X).fit(X.iloc[train_rows], y[train_rows])
        started = time.perf_counter()
        result.predictions = predict(model, X.iloc[held_out])
        result.predict_seconds = (time.perf_counter() - started) / len(held_out) * 1000
        result.scores.append(score(y[held_out], result.predictions))
    started = time.perf_counter()
    result.model = build(X).fit(X, y)
    result.fit_seconds = time.perf_counter() - started


@errors_in_one_line
def main() -> None:
    params = load_section("train", TrainParams)
    X, y = load_split("train")
    split = read_json(SPLIT)
    key = load_rows("train")[split["key"]]
    parts = folds(split["kind"], key, params.folds, params.seed)  # of the same kind as the split

    results = []
    candidates = find_candidates(models, params.candidates, params.baseline, params.seed)
    for name, build in tqdm(candidates.items(), unit="candidate", disable=None):
        result = Result(name, params.candidates[name])
        with fitting(name):  # a bad parameter ends in one line
            cross_validate(result, build, X, y, parts)
        check_metric(params.metric, result.scores[0])
        results.append(result)

    ratio = float(np.mean([len(held_out) / len(train_rows) for train_rows, held_out in parts]))

    def compare(a: Result, b: Result) -> Difference:
        return compare_folds(a.values(params.metric), b.values(params.metric), ratio)

    chosen, choice = choose_candidate(
        results, compare, params.metric, params.standard_errors, params.baseline
    )
    baseline = next(result for result in results if result.name == params.baseline)
    for path, result in ((MODEL, chosen), (BASELINE_MODEL, baseline)):
        with atomic(path) as draft:
            joblib.dump(result.model, draft)
    write_json(CHOICE, choice)

    run_ids = {}
    if params.track:
        runs = [
            Run(r.name, r.params, r.scores, r.fit_seconds, [], r.model, r is chosen)
            for r in results
        ]
        run_ids = log_runs(runs, sha256(PROCESSED / "train.parquet"), experiment=__package__)
    table = runs_table(results, chosen, run_ids)
    with atomic(RUNS) as draft:
        table.to_csv(draft, index=False, lineterminator="\n")
    columns = [f"{params.metric}_mean", f"{params.metric}_std", "fit_seconds", "megabytes"]
    print(table[["candidate", *columns, "chosen"]].to_string(index=False))


if __name__ == "__main__":
    main()
