"""Stage `train`: cross-validate a ladder of candidates, simple first, and fit the best of them.

The choice is made on the training split alone; validation and test are not read here.
"""

import time
from dataclasses import dataclass, field
from typing import Any

import joblib
import numpy as np
import pandas as pd
from sklearn.base import clone
from tqdm import tqdm

from . import tracking
from .dataset import load_split
from .errors import UserError, exit_with_one_line
from .files import sha256, whole, write_json
from .metrics import LOWER_IS_BETTER, predict, score
from .params import Strict, load
from .paths import BASELINE_MODEL, CHOICE, MODEL, PROCESSED, RUNS
from .schema import load_schema
from .splits import folds
from .task import BASELINE, LADDER


class TrainParams(Strict):
    seed: int
    folds: int
    metric: str  # the choice is made on its mean over the folds
    track: bool  # log to MLflow
    candidates: dict[str, dict[str, Any]]


@dataclass
class Result:
    """A candidate fitted on all training rows, and its scores on each fold."""

    name: str
    params: dict[str, Any]
    model: Any
    folds: list[dict[str, float]] = field(default_factory=list)
    fit_seconds: float = 0.0

    def by_metric(self) -> dict[str, list[float]]:
        return {name: [fold[name] for fold in self.folds] for name in self.folds[0]}

    def mean(self, metric: str) -> float:
        return float(np.mean(self.by_metric()[metric]))


def train(X: pd.DataFrame, y: np.ndarray, params: TrainParams) -> list[Result]:
    """Cross-validate every candidate on the same folds, then fit it on all of X, y."""
    parts = folds(y, params.folds, params.seed)
    results = build(X, params)
    with tqdm(total=len(results) * (len(parts) + 1), unit="fit") as progress:
        for result in results:
            progress.set_description(result.name)
            for fitted, held_out in parts:
                model = fit(clone(result.model), result.name, X.iloc[fitted], y[fitted])
                result.folds.append(score(y[held_out], predict(model, X.iloc[held_out])))
                progress.update()
            started = time.perf_counter()
            fit(result.model, result.name, X, y)
            result.fit_seconds = time.perf_counter() - started
            progress.update()
    return results


def build(X: pd.DataFrame, params: TrainParams) -> list[Result]:
    """Make the candidates that params.yaml asks for, in the order of the ladder."""
    unknown = set(params.candidates) - set(LADDER)
    if unknown or BASELINE not in params.candidates or len(params.candidates) < 2:
        raise UserError(
            f"params.yaml: train.candidates must be '{BASELINE}' and at least one other of "
            f"{', '.join(LADDER)}; unknown: {', '.join(sorted(unknown)) or 'none'}."
        )
    results = []
    for name in (name for name in LADDER if name in params.candidates):
        settings = params.candidates[name]
        try:
            results.append(Result(name, settings, LADDER[name](X, params.seed, **settings)))
        except TypeError as error:
            raise UserError(f"params.yaml: train.candidates.{name}: {error}.") from None
    return results


def fit(model: Any, name: str, X: pd.DataFrame, y: np.ndarray) -> Any:
    try:
        return model.fit(X, y)
    except ValueError as error:  # scikit-learn names the parameter and its range
        raise UserError(f"params.yaml: train.candidates.{name}: {error}") from None


def choose(results: list[Result], metric: str) -> Result:
    """Return the candidate with the best mean over the folds, the baseline left out."""
    if metric not in results[0].folds[0]:
        raise UserError(
            f"params.yaml: train.metric '{metric}' is not one of {', '.join(results[0].folds[0])}."
        )
    rivals = [result for result in results if result.name != BASELINE]
    best = min if metric in LOWER_IS_BETTER else max
    return best(rivals, key=lambda result: result.mean(metric))


def table(results: list[Result], chosen: Result, runs: dict[str, str]) -> pd.DataFrame:
    """One row a candidate: mean and standard deviation of each metric over the folds."""
    return pd.DataFrame(
        {
            "candidate": result.name,
            "chosen": result is chosen,
            **{f"{name}_mean": np.mean(values) for name, values in result.by_metric().items()},
            **{
                f"{name}_std": np.std(values, ddof=1) for name, values in result.by_metric().items()
            },
            "fit_seconds": result.fit_seconds,
            "mlflow_run": runs.get(result.name, ""),
        }
        for result in results
    ).round(5)


@exit_with_one_line
def main() -> None:
    params = load("train", TrainParams)
    X, y = load_split("train", load_schema())
    results = train(X, y, params)
    chosen = choose(results, params.metric)
    baseline = next(result for result in results if result.name == BASELINE)
    for path, result in ((MODEL, chosen), (BASELINE_MODEL, baseline)):
        with whole(path) as draft:
            joblib.dump(result.model, draft)
    write_json(CHOICE, {"candidate": chosen.name, "metric": params.metric})
    data = sha256(PROCESSED / "train.parquet")
    runs = tracking.log_runs(results, chosen, data) if params.track else {}
    summary = table(results, chosen, runs)
    with whole(RUNS) as draft:
        summary.to_csv(draft, index=False, lineterminator="\n")
    print(summary[["candidate", f"{params.metric}_mean", f"{params.metric}_std", "chosen"]])


if __name__ == "__main__":
    main()
