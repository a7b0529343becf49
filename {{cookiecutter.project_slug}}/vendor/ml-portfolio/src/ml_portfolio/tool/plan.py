"""The command `plan`: write what params.yaml and data/schema.yaml state into the plan."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import atomic
from ml_portfolio.config.params import Project, load_project, load_section
from ml_portfolio.config.paths import PLAN
from ml_portfolio.evaluation.metrics import METRICS
from ml_portfolio.reports.facts import fill
from ml_portfolio.tool.check.gates import GATES, LIMITS

MAX_LABELS = 12  # that are listed
SPLITS = {
    "random": "drawn at random",
    "stratified": "drawn at random, each class of `{key}` with the same share in every part",
    "group": "drawn at random, all rows of one `{key}` in the same part",
    "time": "the newest by `{key}`: the model learns from the past and is tested on what came "
    "after",
}
SPLIT_OF_TEXTS = (
    "drawn at random, with the same share of each class in every part. Of duplicates, one is kept"
)


class Split(BaseModel):
    """Of the section `preprocess`, what the plan states."""

    validation_share: float
    test_share: float
    split: Literal["random", "stratified", "group", "time"] = "stratified"  # of a table's rows


class Choice(BaseModel):
    """Of the section `train`, what the plan states."""

    folds: int = 1  # 1: none, the validation split
    metric: str
    standard_errors: float
    baseline: str
    candidates: dict[str, Any]  # simple ones first


class Target(NamedTuple):
    """What is predicted, as data/schema.yaml describes it."""

    name: str
    labels: tuple[str, ...] = ()  # of classes; the second of two is the positive one
    unit: str = ""  # of a number
    split_key: str = ""  # the column that decides about a table's split


def read_facts() -> dict[str, str]:
    """Return the Markdown of each block of the plan, by the block's name.

    Raises UserError where a setting is missing or wrong.
    """
    project = load_project()
    split, choice = load_section("preprocess", Split), load_section("train", Choice)
    limits = load_section("quality", LIMITS[project.task])
    target = read_target(project, split)
    promises = {
        name: GATES[name].promise.format(limit=f"{limit:g}", metric=choice.metric)
        for name, limit in limits
        if limit is not None
    }
    others = ", ".join(f"`{name}`" for name in choice.candidates if name != choice.baseline)
    return {
        "question": describe_question(target),
        "split": f"{describe_split(project, split, target.split_key)} {describe_folds(choice)}",
        "metric": describe_metric(choice, target),
        "baseline": f"`{choice.baseline}`. The other candidates, simple ones first: {others}.",
        "gain": promises.pop("min_gain"),
        "gates": "\n".join(f"- {promise}" for promise in promises.values()),
    }


def describe_question(target: Target) -> str:
    kind = f", in {target.unit}," if target.unit else ""
    if target.labels:
        more = ", …" if len(target.labels) > MAX_LABELS else ""
        kind = f", one of {', '.join(f'`{each}`' for each in target.labels[:MAX_LABELS])}{more},"
    return f"Can `{target.name}`{kind} be predicted better than by the baseline below?"


def describe_split(project: Project, split: Split, key: str) -> str:
    test, validation = f"{100 * split.test_share:.3g} %", f"{100 * split.validation_share:.3g} %"
    if project.input == "image":
        return (
            f"For testing, the images that the source sets aside, or {test} where it sets none "
            f"aside; {validation} of all images for validation, drawn at random, with the same "
            "share of each class. Of duplicates, one is kept."
        )
    rows, how = "rows", SPLITS[split.split].format(key=key)
    if project.input == "text":
        rows, how = "texts", SPLIT_OF_TEXTS
    return f"{test} of the {rows} for testing and {validation} for validation, {how}."


def describe_folds(choice: Choice) -> str:
    where = "on the validation split"
    if choice.folds > 1:
        where = f"by cross-validation on {choice.folds} folds of the training split"
    return f"The candidates are compared {where}; the test split is read after one is chosen."


def describe_metric(choice: Choice, target: Target) -> str:
    name, errors = choice.metric, choice.standard_errors
    if name not in METRICS:
        raise UserError(f"params.yaml: train.metric: choose one of {', '.join(METRICS)}.")
    metric, labels = METRICS[name], target.labels
    classes = {"negative": "another class", "positive": "a class"}
    if len(labels) == 2:
        classes = {"negative": f"`{labels[0]}`", "positive": f"`{labels[1]}`"}
    mean = ", averaged over the classes" if metric.by_class and len(labels) > 2 else ""
    better = "Lower" if metric.lower_is_better else "Higher"
    rule = "The best candidate is chosen."
    if errors:
        near = f"{errors:g} standard error{'' if errors == 1 else 's'}"
        rule = f"The simplest candidate within {near} of the best is chosen."
    return f"`{name}`{mean}: {metric.meaning.format(**classes)}. {better} is better. {rule}"


def refill_text(text: str, facts: Mapping[str, str]) -> str:
    """Return the plan's text with its blocks filled in; raises UserError at a damaged marker."""
    return fill(text, facts, str(PLAN))


def read_target(project: Project, split: Split) -> Target:
    """Read what is predicted from data/schema.yaml; only its kind's schema is imported."""
    if project.input == "text":
        from ml_portfolio.texts import schema as texts

        label = texts.load_schema().label
        return Target(label.name, tuple(label.classes))
    if project.input == "image":
        from ml_portfolio.images import schema as images

        image = images.load_schema()
        return Target(image.target, image.classes)
    from ml_portfolio.tables import schema as tables

    table = tables.load_schema()
    column = table.target
    key = table.key(split.split) if split.split in ("group", "time") else column
    if key is None:
        raise UserError(
            f"params.yaml: preprocess.split is '{split.split}', but no column of data/schema.yaml "
            f"has 'role: {split.split}'."
        )
    labels = column.classes if project.task == "classification" else ()
    return Target(column.name, labels, column.unit, key.name)


def run() -> None:
    """Update the plan; raises UserError where it or a setting cannot be used."""
    if not PLAN.is_file():
        raise UserError(f"{PLAN.as_posix()} is missing: restore it with git.")
    before = PLAN.read_text(encoding="utf-8")
    after = refill_text(before, read_facts())
    if after == before:
        print(f"{PLAN.as_posix()} matches params.yaml already.")
        return
    with atomic(PLAN) as draft:
        draft.write_text(after, encoding="utf-8", newline="\n")
    print(f"{PLAN.as_posix()} now matches params.yaml: look at what changed (git diff).")
