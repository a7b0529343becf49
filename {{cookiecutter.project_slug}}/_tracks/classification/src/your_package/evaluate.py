"""Stage `evaluate`: the chosen model on the test split, which nothing before has read.

Every metric stands beside the same one of the baseline.
"""

import json

import joblib

from .dataset import describe_target, load_split
from .errors import exit_with_one_line
from .figures import draw_confusion, draw_precision_recall, draw_roc
from .files import write_json
from .metrics import predict, score
from .params import Share, Strict, load
from .paths import BASELINE_MODEL, CHOICE, FIGURES, METRICS, MODEL
from .plotting import save
from .task import BASELINE


class EvaluateParams(Strict):
    threshold: Share  # of two classes, the second is answered from this probability on


@exit_with_one_line
def main() -> None:
    params = load("evaluate", EvaluateParams)
    about = describe_target()
    names = about["labels"]
    X, y = load_split("test")
    probabilities = {  # by who says so: [rows, classes]
        "model": predict(joblib.load(MODEL), X),
        "baseline": predict(joblib.load(BASELINE_MODEL), X),
    }
    scores = {who: score(y, said, params.threshold) for who, said in probabilities.items()}
    choice = json.loads(CHOICE.read_text(encoding="utf-8"))
    threshold = params.threshold if len(names) == 2 else None
    output = about | {"threshold": threshold}
    write_json(METRICS, {**choice, "rows": len(y), **scores, "output": output})

    said = probabilities["model"]
    save(draw_confusion(y, said, names, params.threshold), FIGURES / "confusion.png")
    save(draw_roc(y, said, names), FIGURES / "roc.png")
    save(draw_precision_recall(y, said, names), FIGURES / "precision_recall.png")
    print_table(scores, len(y))


def print_table(scores: dict[str, dict[str, float]], rows: int) -> None:
    print(f"On {rows:,} test rows:".ljust(26), "model".rjust(9), BASELINE.rjust(9))
    for name, value in scores["model"].items():
        print(f"  {name}".ljust(26), f"{value:9.4f}", f"{scores['baseline'][name]:9.4f}")


if __name__ == "__main__":
    main()
