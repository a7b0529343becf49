"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Each metric stands beside the baseline's, with an interval. How wide the prediction intervals must
be is decided on the validation split (conformal prediction, Angelopoulos & Bates 2021,
https://arxiv.org/abs/2107.07511).
"""

from typing import Any

import joblib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from ml_portfolio.bundle.regression import RegressionOutput, clip
from ml_portfolio.config import paths
from ml_portfolio.config.errors import UserError, errors_in_one_line
from ml_portfolio.config.files import read_json, write_json
from ml_portfolio.config.params import Seed, ShareOrZero, load_section
from ml_portfolio.config.processed import SPLITS
from ml_portfolio.evaluation import conformal
from ml_portfolio.evaluation import figures_regression as figures
from ml_portfolio.evaluation.bootstrap import print_scores, score_intervals
from ml_portfolio.evaluation.plotting import save_figures
from ml_portfolio.evaluation.predictions import HeldOut

from .dataset import (
    load_blocks,
    load_example,
    load_split,
    load_target,
    load_traits,
    sensitive_traits,
)
from .diagnose import DiagnoseParams, diagnose, draw_diagnosis, select_traits
from .explain import ExplainParams, explain
from .metrics import fast_score, predict, score


class EvaluateParams(DiagnoseParams, ExplainParams):
    seed: Seed
    confidence: ShareOrZero  # with which an interval should hold the true value; 0: no intervals
    errors_by: str  # a feature: a figure shows how the error changes along it


def decide(validation: HeldOut, target: dict[str, Any], params: EvaluateParams) -> RegressionOutput:
    """Decide on the validation split what an answer needs beside a value."""
    decision: dict[str, Any] = {"confidence": None, "level_ends": [], "half_widths": []}
    if params.confidence:
        y, values = validation.y, validation.model
        decision = conformal.calibrate_intervals(y, values, params.confidence)
    spread = float(validation.y.std())  # differences between two answers are measured in it
    return RegressionOutput(**target, spread=spread, **decision)


def evaluate(test: HeldOut, decision: RegressionOutput, params: EvaluateParams) -> dict[str, Any]:
    """Measure model and baseline on the test split: metrics, intervals, coverage."""
    results: dict[str, Any] = {
        "rows": len(test.y),
        "model": score(test.y, test.model),
        "baseline": score(test.y, test.baseline),
        "intervals": score_intervals(test, fast_score(), params.seed),
        "conformal": None,
    }
    if decision.confidence is not None:
        results["conformal"] = conformal.interval_coverage(
            test.y, test.model, decision.model_dump(), test.blocks, params.seed
        )
    return results


def draw(test: HeldOut, decision: RegressionOutput, feature: pd.Series) -> dict[str, Figure]:
    """Return the figures of the test split by name; errors are shown along `feature` [n]."""
    unit = decision.unit or decision.target
    errors = {"model": np.abs(test.y - test.model), "baseline": np.abs(test.y - test.baseline)}
    drawn = {
        "predicted": figures.draw_predicted(test.y, test.model, unit),
        "errors": figures.draw_errors(errors, unit),
        "errors_by": figures.draw_errors_by(feature, errors, unit),
    }
    if decision.confidence is not None:
        drawn["interval_coverage"] = figures.draw_interval_coverage(
            test.y, test.model, decision.model_dump(), unit
        )
    return drawn


def check_feature(name: str, traits: pd.DataFrame, target: str) -> pd.Series:
    """Return the feature to show errors along; raises UserError where it is not known."""
    known = [column for column in traits if column != target]
    if name not in known:
        raise UserError(
            f"params.yaml: evaluate.errors_by is '{name}', which is no feature of "
            f"data/schema.yaml: write one of {', '.join(known)}."
        )
    return traits[name]


@errors_in_one_line
def main() -> None:
    params = load_section("evaluate", EvaluateParams)
    choice, target, sensitive = read_json(paths.CHOICE), load_target(), sensitive_traits()
    metric = choice["metric"]
    traits = {name: load_traits(name) for name in SPLITS}
    slices = select_traits(sensitive, params.slices, list(traits["test"]))
    feature = check_feature(params.errors_by, traits["test"], target["target"])
    model, baseline = joblib.load(paths.MODEL), joblib.load(paths.BASELINE_MODEL)
    inputs, held_out = {}, {}
    for name in SPLITS:
        X, y = load_split(name)
        limits = target["min"], target["max"]  # an answer is never outside of these
        predictions = clip(predict(model, X), *limits), clip(predict(baseline, X), *limits)
        inputs[name], held_out[name] = X, HeldOut(y, *predictions, load_blocks(name))
    validation, test = held_out["validation"], held_out["test"]

    decision = decide(validation, target, params)
    write_json(paths.DECISION, decision.model_dump())
    results = evaluate(test, decision, params)
    names = {"candidate": choice["candidate"], "baseline_candidate": choice["baseline"]}
    output = {"metric": metric, "output": decision.model_dump(), "choice": choice}
    write_json(paths.METRICS, {**names, **results, **output})
    save_figures(draw(test, decision, feature), paths.FIGURES / "evaluate")
    print_scores(results)

    diagnosis = diagnose(
        model, inputs, held_out, traits, slices, sensitive, decision, metric, params
    )
    for mistake in diagnosis["mistakes"]:
        mistake["request"] = load_example("test", mistake["row"])
    write_json(paths.DIAGNOSIS, diagnosis)
    save_figures(draw_diagnosis(diagnosis), paths.FIGURES / "diagnose")
    explanation, drawn = explain(model, inputs["test"], test, decision, metric, params)
    write_json(paths.EXPLANATION, explanation)
    save_figures(drawn, paths.FIGURES / "explain")
    print(explanation["summary"])


if __name__ == "__main__":
    main()
