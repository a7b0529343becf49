"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Each metric stands beside the baseline's, with an interval. The decision threshold is chosen on the
validation split, and so is the probability from which a label belongs to the set of an answer, such
that the sets hold the right label as often as wanted (conformal prediction, Angelopoulos & Bates
2021, https://arxiv.org/abs/2107.07511).
"""

from typing import Any

import joblib
import pandas as pd
from matplotlib.figure import Figure
from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.config import paths
from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import read_json, write_json
from ml_portfolio.config.params import Seed, ShareOrZero, load_section
from ml_portfolio.config.processed import SPLITS
from ml_portfolio.evaluation import calibration, conformal
from ml_portfolio.evaluation import figures_classification as figures
from ml_portfolio.evaluation.bootstrap import print_scores, score_intervals
from ml_portfolio.evaluation.plotting import save_figures
from ml_portfolio.evaluation.predictions import HeldOut
from ml_portfolio.evaluation.threshold import Costs, choose_threshold, mean_cost

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
    costs: Costs  # of each kind of error, for two classes; with more the likeliest is predicted
    confidence: ShareOrZero  # with which a set of labels should hold the right one; 0: no sets


def decide(
    validation: HeldOut, target: dict[str, Any], params: EvaluateParams
) -> ClassificationOutput:
    """Decide on the validation split what an answer needs beside probabilities."""
    decision: dict[str, Any] = {"threshold": None, "confidence": None, "min_probability": None}
    y, probabilities = validation.y, validation.model
    if len(target["labels"]) == 2:
        decision["threshold"] = choose_threshold(y, probabilities[:, 1], params.costs)
    if params.confidence:
        decision |= conformal.calibrate_label_sets(y, probabilities, params.confidence)
    return ClassificationOutput(**target, **decision)


def evaluate(
    test: HeldOut, decision: ClassificationOutput, params: EvaluateParams
) -> dict[str, Any]:
    """Measure model and baseline on the test split: metrics, intervals, calibration, costs."""
    threshold = decision.threshold or 0.5
    reliability = calibration.reliability_table(test.y, test.model)
    probability, _ = calibration.calibration_events(test.y, test.model)
    results: dict[str, Any] = {
        "rows": len(test.y),
        "model": score(test.y, test.model, threshold),
        "baseline": score(test.y, test.baseline, threshold),
        "intervals": score_intervals(test, fast_score(threshold), params.seed),
        "calibration": {
            "expected_calibration_error": calibration.expected_calibration_error(reliability),
            "by_chance": calibration.calibration_error_by_chance(probability, params.seed),
        },
        "threshold": None,
        "conformal": None,
    }
    if decision.threshold is not None:
        positive, baseline, costs = test.model[:, 1], test.baseline[:, 1], params.costs
        results["threshold"] = {
            "value": threshold,
            "false_positive_cost": costs.false_positive,
            "false_negative_cost": costs.false_negative,
            "cost": mean_cost(test.y, positive, threshold, costs),
            "cost_at_half": mean_cost(test.y, positive, 0.5, costs),
            "cost_of_baseline": mean_cost(test.y, baseline, threshold, costs),
        }
    if decision.confidence is not None and decision.min_probability is not None:
        results["conformal"] = conformal.label_set_coverage(
            test.y,
            test.model,
            decision.min_probability,
            decision.confidence,
            test.blocks,
            params.seed,
        )
    return results


def draw(
    test: HeldOut, validation: HeldOut, decision: ClassificationOutput, costs: Costs
) -> dict[str, Figure]:
    """Return the figures of the test split by name, and the validation costs by threshold."""
    y, probabilities, labels = test.y, test.model, decision.labels
    reliability = calibration.reliability_table(y, probabilities)
    drawn = {
        "confusion_matrix": figures.draw_confusion_matrix(
            y, probabilities, labels, decision.threshold
        ),
        "roc_curve": figures.draw_roc_curve(y, probabilities, labels),
        "precision_recall": figures.draw_precision_recall(y, probabilities, labels),
        "reliability": figures.draw_reliability(reliability, labels),
    }
    if decision.threshold is not None:
        drawn["threshold_cost"] = figures.draw_threshold_cost(
            validation.y, validation.model[:, 1], decision.threshold, costs
        )
    return drawn


@errors_in_one_line
def main() -> None:
    params = load_section("evaluate", EvaluateParams)
    choice, target, sensitive = read_json(paths.CHOICE), load_target(), sensitive_traits()
    metric = choice["metric"]
    traits = {name: load_traits(name) for name in SPLITS}
    slices = select_traits(sensitive, params.slices, list(traits["test"]))
    model, baseline = joblib.load(paths.MODEL), joblib.load(paths.BASELINE_MODEL)
    inputs, held_out = {}, {}
    for name in SPLITS:
        X, y = load_split(name)
        predictions = predict(model, X), predict(baseline, X)
        inputs[name], held_out[name] = X, HeldOut(y, *predictions, load_blocks(name))
    validation, test = held_out["validation"], held_out["test"]

    decision = decide(validation, target, params)
    write_json(paths.DECISION, decision.model_dump())
    results = evaluate(test, decision, params)
    names = {"candidate": choice["candidate"], "baseline_candidate": choice["baseline"]}
    output = {"metric": metric, "output": decision.model_dump(), "choice": choice}
    write_json(paths.METRICS, {**names, **results, **output})
    save_figures(draw(test, validation, decision, params.costs), paths.FIGURES / "evaluate")
    print_scores(results)

    diagnosis = diagnose(
        model, inputs, held_out, traits, slices, sensitive, decision, metric, params
    )
    for mistake in diagnosis["mistakes"]:
        mistake["request"] = load_example("test", mistake["row"])
    write_json(paths.DIAGNOSIS, diagnosis)
    epochs = pd.read_csv(paths.CURVES) if paths.CURVES.is_file() else None
    save_figures(draw_diagnosis(diagnosis, epochs), paths.FIGURES / "diagnose")
    explanation, drawn = explain(model, inputs["test"], test, decision, metric, params)
    write_json(paths.EXPLANATION, explanation)
    save_figures(drawn, paths.FIGURES / "explain")
    print(explanation["summary"])


if __name__ == "__main__":
    main()
