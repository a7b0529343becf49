"""The candidates' results, and the choice: the simplest one that is as good as the best."""

import pickle  # noqa: S403 (only to measure a model's size; nothing is loaded)
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from ml_portfolio.config.errors import UserError
from ml_portfolio.evaluation.comparison import Difference
from ml_portfolio.evaluation.metrics import direction


@dataclass
class Result:
    """A candidate, its scores on each part held out, and what it costs."""

    name: str
    params: dict[str, Any]
    model: Any = None  # fitted
    scores: list[dict[str, float]] = field(default_factory=list)
    predictions: np.ndarray = field(default_factory=lambda: np.empty(0))  # of the last part
    fit_seconds: float = 0.0
    predict_seconds: float = 0.0  # for 1,000 rows

    def values(self, metric: str) -> list[float]:
        return [scores[metric] for scores in self.scores]

    def mean(self, metric: str) -> float:
        return float(np.mean(self.values(metric)))

    def std(self, metric: str) -> float:
        return float(np.std(self.values(metric), ddof=1)) if len(self.scores) > 1 else float("nan")


def choose_candidate(
    results: list[Result],
    compare: Callable[[Result, Result], Difference],
    metric: str,
    standard_errors: float,
    baseline: str,
) -> tuple[Result, dict[str, Any]]:
    """Return the simplest candidate that is as good as the best, and the comparison behind it.

    As good: behind the best by at most `standard_errors` of their paired difference (after the
    one-standard-error rule of Breiman et al. 1984; 0 takes the best itself). `results` are in the
    order of the ladder, simple first. The baseline is never chosen. Raises UserError where there
    is nothing but the baseline.
    """
    rivals = [result for result in results if result.name != baseline]
    if not rivals:
        raise UserError(
            "no candidate but the baseline could be trained: the lines above say why; add another "
            "one under train.candidates in params.yaml."
        )
    best = max(rivals, key=lambda result: direction(metric) * result.mean(metric))

    def is_as_good(result: Result) -> bool:
        gap = compare(best, result)
        return abs(gap.mean) <= standard_errors * gap.standard_error

    chosen = next(result for result in rivals if result is best or is_as_good(result))
    return chosen, {
        "candidate": chosen.name,
        "baseline": baseline,
        "metric": metric,
        "mean": chosen.mean(metric),
        "standard_errors": standard_errors,
        "folds": len(chosen.scores),
        "best": {"candidate": best.name, "mean": best.mean(metric)},
        "compared_with": compare_with_simpler(chosen, results, compare, metric, baseline),
    }


def compare_with_simpler(
    chosen: Result,
    results: list[Result],
    compare: Callable[[Result, Result], Difference],
    metric: str,
    baseline: str,
) -> dict[str, Any]:
    """Compare with the next simpler candidate, or with the baseline where none is simpler."""
    place = results.index(chosen)
    simpler = results[place - 1] if place else next(r for r in results if r.name == baseline)
    gap = compare(chosen, simpler)
    return {
        "candidate": simpler.name,
        "mean": simpler.mean(metric),
        "difference": gap.mean,
        "p_value": gap.p_value,
        "test": gap.test,
        "significant": gap.significant,
    }


def runs_table(results: list[Result], chosen: Result, run_ids: dict[str, str]) -> pd.DataFrame:
    """Return one row per candidate: mean and spread of each metric, and what it costs."""
    return pd.DataFrame(
        {
            "candidate": result.name,
            "chosen": result is chosen,
            **{f"{metric}_mean": result.mean(metric) for metric in result.scores[0]},
            **{f"{metric}_std": result.std(metric) for metric in result.scores[0]},
            "fit_seconds": result.fit_seconds,
            "predict_seconds_per_1000": result.predict_seconds,
            "megabytes": len(pickle.dumps(result.model)) / 1e6,
            "mlflow_run": run_ids.get(result.name, ""),
        }
        for result in results
    ).round(5)
