"""Where the model is weak, and what could overturn the result: a part of the stage `evaluate`."""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from ml_portfolio.bundle.regression import RegressionOutput, clip
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Seed, Strict
from ml_portfolio.config.processed import SPLITS
from ml_portfolio.evaluation.drift import measure_drift
from ml_portfolio.evaluation.fairness import compare_groups, regression_measures
from ml_portfolio.evaluation.figures_diagnosis import draw_learning_curve, draw_slices
from ml_portfolio.evaluation.generalization import generalization_gap, learning_curve
from ml_portfolio.evaluation.mistakes import largest_errors, target_summary
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.slices import measure_slices
from pydantic import Field

from .dataset import fingerprints
from .metrics import fast_score, predict


class DiagnoseParams(Strict):
    seed: Seed
    slices: list[str]  # traits by which the test rows are grouped, beside sensitive ones
    learning_shares: list[Annotated[float, Field(gt=0, le=1)]]  # of the training rows; []: none
    mistakes: int = Field(ge=0)


def diagnose(
    model: Any,
    inputs: dict[str, Any],
    held_out: dict[str, HeldOut],
    traits: dict[str, pd.DataFrame],
    slices: list[str],
    sensitive: list[str],
    decision: RegressionOutput,
    metric: str,
    params: DiagnoseParams,
) -> dict[str, Any]:
    """Measure slices, fairness, overfitting, duplicates, drift and the largest errors.

    inputs, held_out and traits are by split; traits [n, columns] group the rows. slices: the traits
    by which slices are made, see `select_traits`; sensitive: those by which groups are compared.
    """
    train, validation, test = (held_out[name] for name in SPLITS)
    score = fast_score()

    def value(y: np.ndarray, values: np.ndarray) -> float:
        return score(y, values)[metric]

    def fitted_value(fitted: Any, X: Any, y: np.ndarray) -> float:
        return value(y, clip(predict(fitted, X), decision.min, decision.max))

    by_slice = measure_slices(test, traits["test"][slices], metric, score, params.seed)
    groups, measures = traits["test"][sensitive], regression_measures()
    rows = inputs["train"], train.y, inputs["validation"], validation.y
    curve = learning_curve(model, *rows, params.learning_shares, fitted_value)
    gap = generalization_gap(train, validation, metric, score, params.seed)
    return {
        "metric": metric,
        "overall": value(test.y, test.model),
        "slices": [{**one, "sensitive": one["by"] in sensitive} for one in by_slice],
        "fairness": compare_groups(test.y, test.model, groups, measures),
        "generalization": gap,
        "learning_curve": curve,
        "duplicates": count_duplicates(inputs, test, value),
        "drift": measure_drift(traits["train"], traits["test"]),
        "labels": {name: target_summary(held_out[name].y) for name in SPLITS},
        "mistakes": largest_errors(test.y, test.model, params.mistakes),
    }


def select_traits(sensitive: list[str], slices: list[str], known: list[str]) -> list[str]:
    """Return the traits by which rows are grouped; raises UserError where one is not known."""
    selected = list(dict.fromkeys([*sensitive, *slices]))
    if unknown := set(selected) - set(known):
        raise UserError(
            f"params.yaml: evaluate.slices: '{min(unknown)}' is not one of {', '.join(known[:20])}:"
            " remove it, or correct its name."
        )
    return selected


def count_duplicates(
    inputs: dict[str, Any], test: HeldOut, value: Callable[[np.ndarray, np.ndarray], float]
) -> dict[str, Any]:
    """Count the test rows that also stand in training, and score the model without them."""
    twice = np.isin(fingerprints(inputs["test"]), fingerprints(inputs["train"]))
    return {
        "test_rows": int(twice.sum()),
        "share": float(twice.mean()),
        "without": value(test.y[~twice], test.model[~twice]) if not twice.all() else None,
    }


def draw_diagnosis(diagnosis: dict[str, Any]) -> dict[str, Figure]:
    """Return the figures by name."""
    figures, metric = {}, diagnosis["metric"]
    if diagnosis["slices"]:
        figures["slices"] = draw_slices(diagnosis["slices"], diagnosis["overall"], metric)
    if diagnosis["learning_curve"]:
        figures["learning_curve"] = draw_learning_curve(diagnosis["learning_curve"], metric)
    return figures
