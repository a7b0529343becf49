"""The facts of docs/evaluation_plan.md, from params.yaml and data/schema.yaml."""

from typing import Any

from ..dataset import describe_target
from ..metrics import LOWER_IS_BETTER
from ..params import PARAMS, load, read_yaml
from ..reporting.facts import fill_file, is_out_of_date
from ..task import BASELINE, LADDER
from .project import PLAN
from .quality import GATES, METRICS, QualityParams
from .split_words import say_split

MOST_LABELS = 12  # that are named


def facts() -> dict[str, str]:
    """What stands between the plan's markers, by name; raises UserError where settings are bad."""
    params, limits = read_yaml(PARAMS), load("quality", QualityParams)
    train = params["train"]
    said = {
        name: gate.plan.format(limit=f"{getattr(limits, name):g}", metric=train["metric"])
        for name, gate in GATES.items()
        if getattr(limits, name) is not None
    }
    gain = said.pop("min_gain")
    return {
        "question": say_question(describe_target()),
        "split": f"{say_split(params['preprocess'])} {say_folds(train)}",
        "metric": say_metric(train),
        "baseline": say_candidates(train),
        "gain": gain,
        "gates": "\n".join(f"- {each}" for each in said.values()),
    }


def refill() -> None:
    """Write the facts into the plan, if it is there."""
    fill_file(PLAN, facts())


def is_stale() -> bool:
    """Whether the plan says other than params.yaml."""
    return is_out_of_date(PLAN, facts())


def say_question(target: dict[str, Any]) -> str:
    labels = target.get("labels", [])
    unit = f", in {target['unit']}" if target.get("unit") else ""
    of = f", one of {', '.join(f'`{label}`' for label in labels[:MOST_LABELS])}" if labels else unit
    return f"Can `{target['target']}`{of}, be predicted better than by the baseline below?"


def say_folds(train: dict[str, Any]) -> str:
    where = "the validation split" if train["folds"] == 1 else f"{train['folds']} folds of training"
    return f"The candidates are compared on {where}; the test split is read once one is chosen."


def say_metric(train: dict[str, Any]) -> str:
    name, errors = train["metric"], train["standard_errors"]
    way = "lower" if name in LOWER_IS_BETTER else "higher"
    near = f"{errors:g} standard error{'' if errors == 1 else 's'} of the best"
    rule = f"the simplest candidate within {near} is chosen"
    return (
        f"`{name}`: {METRICS.get(name, 'see metrics.py')} ({way} is better). By it "
        f"{rule if errors else 'the best candidate is chosen'}, and the chosen one is judged."
    )


def say_candidates(train: dict[str, Any]) -> str:
    rivals = ", ".join(
        f"`{name}`" for name in LADDER if name in train["candidates"] and name != BASELINE
    )
    about = (LADDER[BASELINE].__doc__ or "").strip().splitlines()[0]
    return f"`{BASELINE}`. {about} It is compared with {rivals}."
