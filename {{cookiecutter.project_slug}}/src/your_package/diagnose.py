"""Stage `diagnose`: where the result is weak, and what could overturn it.

It changes nothing of the model: slices, fairness, drift, rows in two splits, the gap between known
and unknown rows, and the worst mistakes.
"""

from typing import Annotated, Any

import joblib
import numpy as np
import pandas as pd
from pydantic import Field

from .dataset import fingerprints
from .errors import UserError, exit_with_one_line
from .evaluation.diagnosis_figures import draw_epochs, draw_learning, draw_slices
from .evaluation.drift import measure_drift
from .evaluation.fairness import compare_groups
from .evaluation.fit import learning_curve, measure_gap
from .evaluation.held_out import HeldOut, load_held_out
from .evaluation.review import balance, draw_truths, find_mistakes
from .evaluation.slices import measure_slices
from .files import read_json, write_json
from .metrics import scorer
from .params import Seed, Strict, load
from .paths import CURVES, DIAGNOSIS, FIGURES, METRICS, MODEL
from .plotting import save
from .processed import SPLITS
from .traits import load_traits, sensitive_traits, show


class DiagnoseParams(Strict):
    seed: Seed
    slices: list[str]  # traits (traits.py) by which the test rows are parted, beside sensitive ones
    learning_shares: list[Annotated[float, Field(gt=0, le=1)]]  # of the training rows; [] for none
    mistakes: int = Field(ge=0)


def diagnose(
    rows: dict[str, HeldOut], traits: dict[str, pd.DataFrame], params: DiagnoseParams
) -> dict[str, Any]:
    """Return the account of all splits, whose rows and traits are given by name."""
    measured = read_json(METRICS)
    metric, output = measured["metric"], measured["output"]
    scores, test = scorer(output), rows["test"]
    sensitive = sensitive_traits()
    parted = traits["test"][parted_by(sensitive, params.slices, list(traits["test"]))]
    drawn = draw_truths(test.model, metric, params.seed)
    slices = measure_slices(test, parted, metric, scores, params.seed, drawn)
    twice = np.isin(fingerprints(test.X), fingerprints(rows["train"].X))
    fit = rows["train"], rows["validation"]

    def score_of(y: np.ndarray, said: np.ndarray) -> float:
        return scores(y, said)[metric]

    return {
        "metric": metric,
        "overall": measured["model"][metric],
        "slices": [{**one, "sensitive": one["by"] in sensitive} for one in slices],
        "fairness": compare_groups(test.y, test.model, traits["test"][sensitive], output),
        "fit": measure_gap(*fit, metric, scores, params.seed),
        "learning_curve": learning_curve(
            joblib.load(MODEL) if params.learning_shares else None,
            *fit,
            params.learning_shares,
            lambda *of: scores(*of)[metric],
            output,
        ),
        "duplicates": {
            "test_rows": int(twice.sum()),
            "share": float(twice.mean()),
            "without": scores(test.y[~twice], test.model[~twice])[metric] if any(~twice) else None,
        },
        "drift": measure_drift(traits["train"], traits["test"]),
        "labels": {name: balance(each.y, output) for name, each in rows.items()},
        "mistakes": [
            {**one, "request": show("test", one["row"])}
            for one in find_mistakes(test.y, test.model, output, params.mistakes)
        ],
    }


def parted_by(sensitive: list[str], slices: list[str], known: list[str]) -> list[str]:
    """The traits by which rows are parted; raises UserError where one is not known."""
    by = list(dict.fromkeys([*sensitive, *slices]))
    if unknown := set(by) - set(known):
        said = f"'{min(unknown)}' is not one of {', '.join(known[:20])}"
        raise UserError(f"params.yaml: diagnose.slices: {said}: take it out, or correct its name.")
    return by


def draw(account: dict[str, Any]) -> None:
    figures = {}
    if account["slices"]:
        figures["slices"] = draw_slices(account["slices"], account["overall"], account["metric"])
    if account["learning_curve"]:
        figures["learning_curve"] = draw_learning(account["learning_curve"], account["metric"])
    elif CURVES.is_file():
        figures["learning_curve"] = draw_epochs(pd.read_csv(CURVES))
    for name, figure in figures.items():
        save(figure, FIGURES / "diagnose" / f"{name}.png")


@exit_with_one_line
def main() -> None:
    params = load("diagnose", DiagnoseParams)
    rows = {name: load_held_out(name) for name in SPLITS}
    traits = {name: load_traits(name) for name in SPLITS}
    account = diagnose(rows, traits, params)
    write_json(DIAGNOSIS, account)
    draw(account)
    say(account)


def say(account: dict[str, Any]) -> None:
    print(account["fit"]["said"])
    worse = [f"{one['by']} {one['group']}" for one in account["slices"] if one["worse"]]
    print(f"Weaker than the whole: {', '.join(worse[:5]) or 'no slice, by more than chance'}.")
    print(f"{DIAGNOSIS} holds the rest: drift, doubled rows, the surest mistakes.")


if __name__ == "__main__":
    main()
