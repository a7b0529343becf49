"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Every metric stands beside the same one of the baseline, with an interval. How far an answer's own
interval must reach is settled on the validation split.
"""

from typing import Any

import pandas as pd

from .dataset import describe_target
from .errors import UserError, exit_with_one_line
from .evaluation import conformal, coverage, intervals
from .evaluation.figures import draw_coverage, draw_errors, draw_errors_by, draw_predicted
from .evaluation.held_out import HeldOut, load_held_out, predict_splits
from .files import read_json, write_json
from .metrics import scorer
from .params import Seed, ShareOrNone, Strict, load
from .paths import CHOICE, FIGURES, METRICS
from .plotting import save
from .traits import load_traits


class EvaluateParams(Strict):
    seed: Seed
    confidence: ShareOrNone  # with which an interval is to hold the true value; 0: no intervals
    errors_by: str  # a feature: a figure shows how the error changes along it


def settle(validation: HeldOut, params: EvaluateParams) -> dict[str, Any]:
    """Choose on the validation split what the answers need beside a value."""
    if not params.confidence:
        return {"confidence": None, "level_ends": [], "half_widths": []}
    return conformal.calibrate(validation.y, validation.model, params.confidence)


def evaluate(test: HeldOut, output: dict[str, Any], params: EvaluateParams) -> dict[str, Any]:
    """Measure the model and the baseline on the test split."""
    scores = scorer(output)
    return {
        "rows": len(test.y),
        "model": scores(test.y, test.model),
        "baseline": scores(test.y, test.baseline),
        "intervals": intervals.of_scores(test, scores, params.seed),
        "conformal": coverage.check(test, output, params.seed),
    }


def draw(test: HeldOut, output: dict[str, Any], by: pd.Series) -> None:
    name = output["unit"] or output["target"]
    errors = {
        "model": abs(test.y - test.model),
        "baseline": abs(test.y - test.baseline),
    }
    figures = {
        "predicted": draw_predicted(test.y, test.model, name),
        "errors": draw_errors(errors, name),
        "errors_by": draw_errors_by(by, errors, name),
    }
    if output["confidence"] is not None:
        figures["coverage"] = draw_coverage(test.y, test.model, output, name)
    for file, figure in figures.items():
        save(figure, FIGURES / "evaluate" / f"{file}.png")


@exit_with_one_line
def main() -> None:
    params = load("evaluate", EvaluateParams)
    about = describe_target()
    predict_splits()
    validation, test = load_held_out("validation"), load_held_out("test")
    traits = load_traits("test").drop(columns=about["target"])
    if params.errors_by not in traits:
        raise UserError(
            f"params.yaml: evaluate.errors_by is '{params.errors_by}', which is no feature of "
            f"data/schema.yaml: write one of {', '.join(traits)}."
        )
    output = about | {"spread": float(test.y.std())} | settle(validation, params)
    account = evaluate(test, output, params)
    write_json(METRICS, {**read_json(CHOICE), **account, "output": output})
    draw(test, output, traits[params.errors_by])
    intervals.print_table(account)


if __name__ == "__main__":
    main()
