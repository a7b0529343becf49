"""Stage `train`: fit the candidates, simple ones first, compare them, and choose one.

They are compared on the validation split: networks take too long for cross-validation. The test
split is not read here.
"""

import time
from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
import pandas as pd
from ml_portfolio.config.errors import CandidateUnavailable, errors_in_one_line
from ml_portfolio.config.files import atomic, sha256, write_json
from ml_portfolio.config.params import Seed, Strict, load_section
from ml_portfolio.config.paths import BASELINE_MODEL, CHOICE, CURVES, MODEL, PROCESSED, RUNS
from ml_portfolio.evaluation.comparison import Difference, compare_rows
from ml_portfolio.evaluation.metrics import check_metric
from ml_portfolio.ladder import find_candidates, fitting
from ml_portfolio.tracking import Run, log_runs
from pydantic import Field
from tqdm import tqdm

from . import models
from .choice import Result, choose_candidate, runs_table
from .dataset import load_split
from .metrics import fast_score, predict, score


class TrainParams(Strict):
    seed: Seed
    metric: str  # the candidates are compared by it on the validation split
    standard_errors: float = Field(ge=0)  # a simpler candidate this close to the best is preferred
    track: bool  # log to MLflow
    baseline: str  # the candidate that every other has to beat
    candidates: dict[str, dict[str, Any]]  # functions of models.py, simple ones first; parameters


def fit_and_score(
    result: Result,
    build: Callable[[np.ndarray], Any],
    train: tuple[np.ndarray, np.ndarray],
    validation: tuple[np.ndarray, np.ndarray],
) -> None:
    """Fit a candidate on the training split (X, y) and score it on the validation split (X, y)."""
    started = time.perf_counter()
    result.model = build(train[0]).fit(*train)
    result.fit_seconds = time.perf_counter() - started
    X, y = validation
    started = time.perf_counter()
    result.predictions = predict(result.model, X)
    result.predict_seconds = (time.perf_counter() - started) / len(y) * 1000
    result.scores.append(score(y, result.predictions))


def fit_candidates(
    params: TrainParams,
    train: tuple[np.ndarray, np.ndarray],
    validation: tuple[np.ndarray, np.ndarray],
) -> list[Result]:
    """Fit and score each candidate; one whose pre-trained weights are missing is left out."""
    results = []
    candidates = find_candidates(models, params.candidates, params.baseline, params.seed)
    for name, build in tqdm(candidates.items(), unit="candidate", disable=None):
        result = Result(name, params.candidates[name])
        try:
            with fitting(name):  # a bad parameter ends in one line
                fit_and_score(result, build, train, validation)
        except CandidateUnavailable as reason:
            tqdm.write(f"left out: {name}: {reason}")
            continue
        check_metric(params.metric, result.scores[0])
        results.append(result)
    return results


def epochs(result: Result) -> list[dict[str, float]]:
    """Return the losses after each epoch, where a candidate is trained in epochs."""
    return getattr(result.model, "history_", [])


@errors_in_one_line
def main() -> None:
    params = load_section("train", TrainParams)
    train, validation = load_split("train"), load_split("validation")
    results = fit_candidates(params, train, validation)

    def compare(a: Result, b: Result) -> Difference:
        return compare_rows(validation[1], a.predictions, b.predictions, metric, params.seed)

    def metric(y: np.ndarray, predictions: np.ndarray) -> float:
        return fast_score()(y, predictions)[params.metric]

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
            Run(r.name, r.params, r.scores, r.fit_seconds, epochs(r), r.model, r is chosen)
            for r in results
        ]
        run_ids = log_runs(runs, sha256(PROCESSED / "train.parquet"), experiment=__package__)
    table = runs_table(results, chosen, run_ids)
    curves = pd.DataFrame(
        [{"candidate": r.name, **epoch} for r in results for epoch in epochs(r)],
        columns=["candidate", "epoch", "loss", "held_out_loss", "held_out_accuracy"],
    )
    for path, frame in ((RUNS, table), (CURVES, curves)):
        with atomic(path) as draft:
            frame.to_csv(draft, index=False, lineterminator="\n")
    columns = ["candidate", f"{params.metric}_mean", "fit_seconds", "megabytes", "chosen"]
    print(table[columns].to_string(index=False))


if __name__ == "__main__":
    main()
