"""Stage `train`: cross-validate a ladder of candidates, simple first, and fit the best of them.

The choice is made on the training split alone; validation and test are not read here.
"""

import pickle  # noqa: S403 (models are made here, none is loaded)
import time
from dataclasses import dataclass, field
from typing import Any

import joblib
import numpy as np
import pandas as pd
from pydantic import Field
from sklearn.base import clone
from tqdm import tqdm

from . import tracking
from .choice import Chooser, say
from .dataset import load_comparison, take
from .errors import Unavailable, UserError, exit_with_one_line
from .files import sha256, whole, write_json
from .metrics import predict, score
from .params import Seed, Strict, load
from .paths import BASELINE_MODEL, CHOICE, CURVES, MODEL, PROCESSED, RUNS
from .splits import Rows
from .task import BASELINE, LADDER


class TrainParams(Strict):
    seed: Seed
    folds: int = Field(ge=1)
    metric: str  # the choice is made on its mean over the folds
    standard_errors: float = Field(ge=0)  # as near to the best as this, a simpler one is chosen
    track: bool  # log to MLflow
    candidates: dict[str, dict[str, Any]]


@dataclass
class Result:
    """A candidate, its scores on each fold, and what it costs."""

    name: str
    params: dict[str, Any]
    unfitted: Any
    model: Any = None
    said: Any = None  # of the last held-out part
    folds: list[dict[str, float]] = field(default_factory=list)
    fit_seconds: float = 0.0  # of the last fit
    predict_seconds: float = 0.0  # for 1,000 rows

    def fit(self, model: Any, X: Any, y: np.ndarray) -> Any:
        started = time.perf_counter()
        try:
            model.fit(X, y)
        except ValueError as error:  # scikit-learn names the parameter and its range
            raise UserError(f"params.yaml: train.candidates.{self.name}: {error}") from None
        self.fit_seconds = time.perf_counter() - started
        return model

    def by_metric(self) -> dict[str, list[float]]:
        return {name: [fold[name] for fold in self.folds] for name in self.folds[0]}

    def mean(self, metric: str) -> float:
        return float(np.mean(self.by_metric()[metric]))

    def spread(self, metric: str) -> float:
        """The standard deviation over the folds; not a number where there is one only."""
        values = self.by_metric()[metric]
        return float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")

    def history(self) -> list[dict[str, float]]:
        """What was seen after each epoch of the last fit, if the candidate learns in epochs."""
        return getattr(self.model, "history_", [])

    def megabytes(self) -> float:
        return len(pickle.dumps(self.model)) / 1e6


def train(X: Any, y: np.ndarray, parts: list[Rows], params: TrainParams) -> list[Result]:
    """Fit and score every candidate on the same (fitted, held-out) parts of X and y.

    With several parts, folds, it is then fitted on all rows; with one, the model it gave is kept.
    """
    results = build(X, params)
    with tqdm(total=len(results) * len(parts), unit="fit") as progress:
        for result in results:
            progress.set_description(result.name)
            for fitted, held_out in parts:
                model = result.fit(clone(result.unfitted), take(X, fitted), y[fitted])
                started = time.perf_counter()
                result.said = predict(model, take(X, held_out))
                scores = score(y[held_out], result.said)
                check_metric(params.metric, scores)
                result.predict_seconds = (time.perf_counter() - started) / len(held_out) * 1000
                result.folds.append(scores)
                progress.update()
            result.model = model if len(parts) == 1 else result.fit(result.unfitted, X, y)
    return results


def build(X: Any, params: TrainParams) -> list[Result]:
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
        except Unavailable as reason:
            print(f"left out: {name}: {reason}")
        except TypeError as error:
            raise UserError(f"params.yaml: train.candidates.{name}: {error}.") from None
    return results


def check_metric(metric: str, scores: dict[str, float]) -> None:
    if metric not in scores:
        raise UserError(f"params.yaml: train.metric '{metric}' is not one of {', '.join(scores)}.")


def table(results: list[Result], chosen: Result, runs: dict[str, str]) -> pd.DataFrame:
    """One row a candidate: each metric's mean and spread over the folds, and what it costs."""
    names = list(results[0].folds[0])
    return pd.DataFrame(
        {
            "candidate": result.name,
            "chosen": result is chosen,
            **{f"{name}_mean": result.mean(name) for name in names},
            **{f"{name}_std": result.spread(name) for name in names},
            "fit_seconds": result.fit_seconds,
            "predict_seconds_per_1000": result.predict_seconds,
            "megabytes": result.megabytes(),
            "mlflow_run": runs.get(result.name, ""),
        }
        for result in results
    ).round(5)


@exit_with_one_line
def main() -> None:
    params = load("train", TrainParams)
    X, y, parts = load_comparison(params.folds, params.seed)
    results = train(X, y, parts, params)
    chooser = Chooser(params.metric, y, parts, params.seed)
    chosen, account = chooser.choose(results, params.standard_errors)
    baseline = next(result for result in results if result.name == BASELINE)
    for path, result in ((MODEL, chosen), (BASELINE_MODEL, baseline)):
        with whole(path) as draft:
            joblib.dump(result.model, draft)
    write_json(CHOICE, account | {"said": say(account)})
    if curves := [{"candidate": r.name, **epoch} for r in results for epoch in r.history()]:
        with whole(CURVES) as draft:
            pd.DataFrame(curves).to_csv(draft, index=False, lineterminator="\n")
    data = sha256(PROCESSED / "train.parquet")
    runs = tracking.log_runs(results, chosen, data) if params.track else {}
    summary = table(results, chosen, runs)
    with whole(RUNS) as draft:
        summary.to_csv(draft, index=False, lineterminator="\n")
    quality = [f"{params.metric}_{what}" for what in ("mean", "std")]
    shown = ["candidate", *quality, "fit_seconds", "megabytes", "chosen"]
    print(summary[shown].to_string(index=False))
    print(say(account))


if __name__ == "__main__":
    main()
