"""What the stages before have measured, as one object: nothing is measured again here.

All of it is in git (reports/, data/*.yaml, params.yaml, pyproject.toml), so that a clone can check
at once whether its documents state what was measured.
"""

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import model_validator

from ml_portfolio.config import paths
from ml_portfolio.config.files import read_json, stage_output
from ml_portfolio.config.params import PARAMS, Project, Strict, read_yaml, validate
from ml_portfolio.evaluation.metrics import METRICS, Metric
from ml_portfolio.reports.formatting import Code, decimals, percent, significant

PYPROJECT = Path("pyproject.toml")
EXAMPLES = {"table": ("row", "rows"), "text": ("text", "texts"), "image": ("image", "images")}
PERCENT_DIGITS = {"roc_auc": 0, "accuracy": 1, "precision": 1, "recall": 1, "r2": 1}
NEARLY_ALL = 0.985  # a higher share is given with one decimal


class Words(Strict):
    """The section `report` of params.yaml, which may be missing: the problem in its own words."""

    example: str  # what one row is, such as "person"
    examples: str
    headline: str | None = None  # the result as a clause, with {value}, {low} and {high} in it

    @model_validator(mode="after")
    def fill_in_headline(self) -> Self:
        try:
            (self.headline or "").format(value="", low="", high="")
        except (LookupError, ValueError, AttributeError):
            message = "headline may hold {value}, {low} and {high}, and no other braces"
            raise ValueError(message) from None
        return self


@dataclass(frozen=True)
class Figure:
    """A figure that a stage drew."""

    path: Path
    content: bytes

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, which stand in the first bytes of a PNG file."""
        return int.from_bytes(self.content[16:20]), int.from_bytes(self.content[20:24])


@dataclass(frozen=True)
class Results:
    """The files of the stages, and what nearly every sentence needs from them."""

    metrics: dict[str, Any]
    diagnosis: dict[str, Any]
    explanation: dict[str, Any]
    profile: dict[str, Any]
    exported: dict[str, Any]
    runs: list[dict[str, str]]  # one row per candidate, simple ones first
    source: dict[str, Any]
    project: dict[str, Any]
    title: str
    figures: dict[str, Figure]  # by name
    words: Words

    @property
    def metric(self) -> str:
        return str(self.metrics["metric"])

    @property
    def target(self) -> str:
        return str(self.metrics["output"]["target"])

    @property
    def labels(self) -> list[str]:
        """The classes; none where the target is a number."""
        return list(self.metrics["output"].get("labels", []))

    @property
    def rows(self) -> int:
        return int(self.metrics["rows"])

    @property
    def value(self) -> float:
        return float(self.metrics["model"][self.metric])

    @property
    def gain(self) -> dict[str, float]:
        """By how much the model is better than the baseline: value, low, high."""
        return dict(self.metrics["intervals"]["gain"][self.metric])

    @property
    def level(self) -> str:
        """The confidence of all intervals but the conformal ones: "95 %"."""
        return percent(self.metrics["intervals"]["level"], 0)

    @property
    def simplest(self) -> dict[str, str] | None:
        """The run of the first candidate after the baseline; None where that is the chosen one."""
        names = [run["candidate"] for run in self.runs]
        after = self.runs[names.index(self.metrics["baseline_candidate"]) + 1 :]
        return after[0] if after and after[0]["candidate"] != self.metrics["candidate"] else None

    def worse_by(self, value: float) -> float:
        """Return how much worse than on all test rows a value of the main metric is."""
        return (value - self.value) * (1 if self.describe().lower_is_better else -1)

    def describe(self, metric: str | None = None) -> Metric:
        """Return a metric in words; one of the owner's own goes by its name."""
        name = metric or self.metric
        return METRICS.get(name, Metric(name.replace("_", " "), ""))

    def meaning(self, metric: str) -> list[str]:
        """Return what a metric means, in parts: words and the names of classes."""
        labels, description, two = self.labels, self.describe(metric), len(self.labels) == 2
        averaged = ", averaged over the classes" if description.by_class and not two else ""
        negative, positive = map(Code, labels) if two else ("another", "a class")
        names = {"{positive}": positive, "{negative}": negative}
        parts = re.split(r"(\{\w+\})", description.meaning + averaged)
        return [names.get(part, part) for part in parts]

    def number(self, value: float | None, metric: str | None = None) -> str:
        """Return a value of a metric without its unit."""
        return (significant if self.describe(metric).in_unit else decimals)(value)

    def unit(self, metric: str | None = None) -> str:
        unit = self.metrics["output"].get("unit") if self.describe(metric).in_unit else None
        return unit or ""

    def metric_in_unit(self, metric: str | None = None) -> str:
        """Return the title of a metric, with its unit: "mean absolute error, bikes"."""
        return ", ".join(filter(None, [self.describe(metric).title, self.unit(metric)]))

    def amount(self, value: float | None, metric: str | None = None) -> str:
        """Return a value of a metric with its unit."""
        return f"{self.number(value, metric)} {self.unit(metric)}".strip()

    def between(self, ends: dict[str, float], metric: str | None = None) -> str:
        return f"{self.number(ends['low'], metric)} to {self.number(ends['high'], metric)}"

    def readable(self, value: float | None) -> str:
        """Return a value of the main metric for a headline: a share in percent."""
        if value is None or self.metric not in PERCENT_DIGITS:
            return self.amount(value)
        return percent(value, PERCENT_DIGITS[self.metric] if value < NEARLY_ALL else 1)


def read_results() -> Results:
    """Read the project's files, from its folder; raises UserError that names a missing one."""
    figures = sorted(paths.FIGURES.rglob("*.png"))
    project = tomllib.loads(stage_output(PYPROJECT).read_text(encoding="utf-8"))["project"]
    runs = stage_output(paths.RUNS).read_text(encoding="utf-8")
    return Results(
        metrics=read_json(paths.METRICS),
        diagnosis=read_json(paths.DIAGNOSIS),
        explanation=read_json(paths.EXPLANATION),
        profile=read_json(paths.PROFILE),
        exported=read_json(paths.EXPORTED),
        runs=list(csv.DictReader(runs.splitlines())),
        source=read_yaml(paths.SOURCE),
        project=project,
        title=find_title(paths.README) or project["name"],
        figures={path.stem: Figure(path, path.read_bytes()) for path in figures},
        words=read_words(),
    )


def read_words() -> Words:
    """Read the section `report` of params.yaml; what is missing follows from the kind of input."""
    params = read_yaml(PARAMS)
    project = validate(Project, params.get("project", {}), PARAMS, "project")
    example, examples = EXAMPLES[project.input]
    words = {"example": example, "examples": examples, **(params.get("report") or {})}
    return validate(Words, words, PARAMS, "report")


def find_title(document: Path) -> str | None:
    """Return the first heading of a Markdown document, if there is one."""
    if not document.is_file():
        return None
    heading = re.search(r"^# (.*)", document.read_text(encoding="utf-8"), re.MULTILINE)
    return heading[1].strip() if heading else None
