"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Every metric stands beside the same one of the baseline, with an interval. What has to be settled
first, the threshold and the size of label sets, is settled on the validation split.
"""

from typing import Any

from .dataset import describe_target
from .errors import exit_with_one_line
from .evaluation import conformal, coverage, intervals
from .evaluation.calibration import calibration_error, error_by_chance, events, reliability
from .evaluation.figures import draw_confusion, draw_precision_recall, draw_roc
from .evaluation.figures_of_probabilities import draw_calibration, draw_costs
from .evaluation.held_out import HeldOut, load_held_out, predict_splits
from .evaluation.threshold import Costs, choose_threshold, mean_cost
from .files import read_json, write_json
from .metrics import scorer
from .params import Seed, ShareOrNone, Strict, load
from .paths import CHOICE, FIGURES, METRICS
from .plotting import save


class EvaluateParams(Strict):
    seed: Seed
    costs: Costs  # of two classes; with more the likeliest is answered
    confidence: ShareOrNone  # with which a set of labels is to hold the right one; 0: no sets


def settle(validation: HeldOut, labels: list[str], params: EvaluateParams) -> dict[str, Any]:
    """Choose on the validation split what the answers need beside probabilities."""
    settled: dict[str, Any] = {"threshold": None, "confidence": None, "set_from": None}
    if len(labels) == 2:
        positive = validation.model[:, 1]
        settled["threshold"] = choose_threshold(validation.y, positive, params.costs)
    if params.confidence:
        settled |= conformal.calibrate(validation.y, validation.model, params.confidence)
    return settled


def evaluate(test: HeldOut, output: dict[str, Any], params: EvaluateParams) -> dict[str, Any]:
    """Measure the model and the baseline on the test split."""
    scores = scorer(output)
    said, _ = events(test.y, test.model)
    account: dict[str, Any] = {
        "rows": len(test.y),
        "model": scores(test.y, test.model),
        "baseline": scores(test.y, test.baseline),
        "intervals": intervals.of_scores(test, scores, params.seed),
        "calibration": {
            "expected_calibration_error": calibration_error(reliability(test.y, test.model)),
            "by_chance": error_by_chance(said, params.seed),
        },
        "threshold": None,
        "conformal": coverage.check(test, output, params.seed),
    }
    if (threshold := output["threshold"]) is not None:
        positive, costs = test.model[:, 1], params.costs
        account["threshold"] = {
            "value": threshold,
            "false_positive_cost": costs.false_positive,
            "false_negative_cost": costs.false_negative,
            "cost": mean_cost(test.y, positive, threshold, costs),
            "cost_at_half": mean_cost(test.y, positive, 0.5, costs),
            "cost_of_baseline": mean_cost(test.y, test.baseline[:, 1], threshold, costs),
        }
    return account


def draw(test: HeldOut, validation: HeldOut, output: dict[str, Any], costs: Costs) -> None:
    labels, threshold = output["labels"], output["threshold"]
    figures = {
        "confusion": draw_confusion(test.y, test.model, labels, threshold),
        "roc": draw_roc(test.y, test.model, labels),
        "precision_recall": draw_precision_recall(test.y, test.model, labels),
        "calibration": draw_calibration(reliability(test.y, test.model), labels),
    }
    if threshold is not None:
        figures["threshold"] = draw_costs(validation.y, validation.model[:, 1], threshold, costs)
    for name, figure in figures.items():
        save(figure, FIGURES / "evaluate" / f"{name}.png")


@exit_with_one_line
def main() -> None:
    params = load("evaluate", EvaluateParams)
    about = describe_target()
    predict_splits()
    validation, test = load_held_out("validation"), load_held_out("test")
    output = about | settle(validation, about["labels"], params)
    account = evaluate(test, output, params)
    write_json(METRICS, {**read_json(CHOICE), **account, "output": output})
    draw(test, validation, output, params.costs)
    intervals.print_table(account)


if __name__ == "__main__":
    main()
