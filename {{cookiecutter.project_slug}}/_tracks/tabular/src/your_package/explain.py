"""Stage `explain`: what the model goes by.

Permutation importance (Breiman 2001; Fisher et al. 2019, https://arxiv.org/abs/1801.01489): a
feature is shuffled among the test rows, and by how much the metric falls is what the model owes to
it. Of two features that say the same, each may look unimportant. It says what the model uses, not
what causes what.
"""

from typing import Any

import joblib
import numpy as np
from matplotlib.figure import Figure
from pydantic import Field
from sklearn.inspection import permutation_importance

from .dataset import load_inputs, load_split, take
from .errors import exit_with_one_line
from .files import read_json, write_json
from .metrics import LOWER_IS_BETTER, NAMES, as_served, predict, scorer
from .params import Seed, Strict, load
from .paths import EXPLANATION, FIGURES, METRICS, MODEL
from .plotting import plt, save

METHOD = "permutation importance"
DRAWN = 30  # of the features, at most


class ExplainParams(Strict):
    seed: Seed
    rows: int = Field(ge=2)  # of the test split, at most
    repeats: int = Field(ge=2)  # how often each feature is shuffled


def importance(
    model: Any, X: Any, y: np.ndarray, measured: dict[str, Any], params: ExplainParams
) -> list[dict[str, Any]]:
    """By how much the metric falls when a feature is shuffled, the most important first.

    All parts of a date or a text are shuffled together: scikit-learn shuffles the numbers of the
    rows from which each feature is taken.
    """
    metric, output = measured["metric"], measured["output"]
    scores, sign = scorer(output), -1 if measured["metric"] in LOWER_IS_BETTER else 1
    some = np.random.default_rng(params.seed).permutation(len(y))[: params.rows]
    X, order = take(X, some), np.arange(len(some))
    columns = load_inputs().columns
    ends = np.cumsum([len(column.parts) for column in columns])

    def judge(fitted: Any, sources: np.ndarray, y: np.ndarray) -> float:
        mixed = X.copy()
        for column, end, source in zip(columns, ends, sources.T, strict=True):
            if (source != order).any():
                parts = slice(end - len(column.parts), end)
                mixed.isetitem(range(parts.start, end), X.iloc[source, parts].set_axis(X.index))
        return sign * scores(y, as_served(predict(fitted, mixed), output))[metric]

    found = permutation_importance(
        model,
        np.tile(order[:, None], len(columns)),
        y[some],
        scoring=judge,
        n_repeats=params.repeats,
        random_state=params.seed,
    )
    table = zip(columns, found.importances_mean, found.importances_std, strict=True)
    features = [{"feature": c.name, "value": float(v), "spread": float(s)} for c, v, s in table]
    return sorted(features, key=lambda one: -one["value"])


def draw_importance(features: list[dict[str, Any]], metric: str) -> Figure:
    """A bar a feature, the most important on top."""
    features = features[:DRAWN]
    figure, axes = plt.subplots(figsize=(6.4, 1.4 + 0.28 * len(features)))
    values, spreads = ([one[key] for one in features] for key in ("value", "spread"))
    axes.barh([one["feature"] for one in features], values, xerr=spreads, ecolor="grey")
    axes.invert_yaxis()
    axes.set(xlabel=f"by how much {NAMES[metric]} gets worse when it is shuffled")
    axes.set_title("What the model goes by, test rows")
    return figure


@exit_with_one_line
def main() -> None:
    params = load("explain", ExplainParams)
    measured = read_json(METRICS)
    X, y = load_split("test")
    features = importance(joblib.load(MODEL), X, y, measured, params)
    first = ", ".join(f"{one['feature']} ({one['value']:.3g})" for one in features[:3])
    said = f"{measured['metric']} suffers most when these are shuffled: {first}."
    write_json(EXPLANATION, {"method": METHOD, "features": features, "examples": [], "said": said})
    save(draw_importance(features, measured["metric"]), FIGURES / "explain" / "importance.png")
    print(said)


if __name__ == "__main__":
    main()
