"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Every metric stands beside the same one of the baseline.
"""

import json

import joblib

from .dataset import describe_target, load_split
from .errors import UserError, exit_with_one_line
from .figures import draw_errors, draw_errors_by, draw_predicted
from .files import write_json
from .metrics import predict, score
from .params import Strict, load
from .paths import BASELINE_MODEL, CHOICE, FIGURES, METRICS, MODEL
from .plotting import save
from .serving.outputs import clip
from .task import BASELINE


class EvaluateParams(Strict):
    errors_by: str  # a feature: a figure shows how the error changes along it


@exit_with_one_line
def main() -> None:
    params = load("evaluate", EvaluateParams)
    about = describe_target()
    X, y = load_split("test")
    if params.errors_by not in X:
        raise UserError(
            f"params.yaml: evaluate.errors_by is '{params.errors_by}', which is no feature of "
            f"data/schema.yaml: write one of {', '.join(X)}."
        )
    values = {  # by who says so: [rows], kept within the target's range as the served answers are
        who: clip(predict(joblib.load(path), X), about["min"], about["max"])
        for who, path in {"model": MODEL, "baseline": BASELINE_MODEL}.items()
    }
    scores = {who: score(y, said) for who, said in values.items()}
    choice = json.loads(CHOICE.read_text(encoding="utf-8"))
    output = about | {"spread": float(y.std())}
    write_json(METRICS, {**choice, "rows": len(y), **scores, "output": output})

    name = about["unit"] or about["target"]
    errors = {who: abs(y - said) for who, said in values.items()}
    save(draw_predicted(y, values["model"], name), FIGURES / "predicted.png")
    save(draw_errors(errors, name), FIGURES / "errors.png")
    save(draw_errors_by(X[params.errors_by], errors, name), FIGURES / "errors_by.png")
    print_table(scores, len(y))


def print_table(scores: dict[str, dict[str, float]], rows: int) -> None:
    print(f"On {rows:,} test rows:".ljust(26), "model".rjust(14), BASELINE.rjust(14))
    for name, value in scores["model"].items():
        print(f"  {name}".ljust(26), f"{value:14,.4f}", f"{scores['baseline'][name]:14,.4f}")


if __name__ == "__main__":
    main()
