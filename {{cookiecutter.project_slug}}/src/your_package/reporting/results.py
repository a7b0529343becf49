"""What the stages before have measured, as one object: nothing here is measured anew.

All of it is in git (reports/, data/*.yaml, pyproject.toml), so that a clone can say at once whether
the documents say what was measured.
"""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..files import read_json
from ..metrics import LOWER_IS_BETTER
from ..params import read_yaml
from ..paths import DIAGNOSIS, EXPLANATION, EXPORTED, FIGURES, METRICS, PROFILE, RUNS
from ..task import BASELINE

SOURCE = Path("data/source.yaml")
README = Path("README.md")
PROJECT = Path("pyproject.toml")


@dataclass(frozen=True)
class Results:
    """The files of the stages, and what nearly every sentence asks of them."""

    metrics: dict[str, Any]
    diagnosis: dict[str, Any]
    explanation: dict[str, Any]
    profile: dict[str, Any]
    exported: dict[str, Any]
    runs: list[dict[str, str]]  # a row a candidate, simple first
    source: dict[str, Any]
    project: dict[str, Any]
    title: str
    figures: dict[str, Path]  # by name; the folder is that of the stage which drew it
    baseline_name: str = BASELINE

    @property
    def metric(self) -> str:
        return self.metrics["metric"]

    @property
    def target(self) -> str:
        return self.metrics["output"]["target"]

    @property
    def labels(self) -> list[str]:
        """The classes; none where the target is a number."""
        return self.metrics["output"].get("labels", [])

    @property
    def unit(self) -> str:
        return self.metrics["output"].get("unit") or ""

    @property
    def rows(self) -> int:
        return self.metrics["rows"]

    @property
    def value(self) -> float:
        return self.metrics["model"][self.metric]

    @property
    def gain(self) -> dict[str, float]:
        """By how much the model is above the baseline: value, low, high; positive is better."""
        return self.metrics["intervals"]["gain"][self.metric]

    @property
    def beats_the_baseline(self) -> bool:
        return self.gain["low"] > 0

    def worse_by(self, value: float) -> float:
        """How far a value of the main metric is below that of all test rows; negative: above."""
        return (value - self.value) * (1 if self.metric in LOWER_IS_BETTER else -1)


def read() -> Results:
    """Read the project's files, from its folder; raises UserError that names the missing one."""
    project = tomllib.loads(text(PROJECT))["project"]
    return Results(
        metrics=read_json(METRICS),
        diagnosis=read_json(DIAGNOSIS),
        explanation=read_json(EXPLANATION),
        profile=read_json(PROFILE),
        exported=read_json(EXPORTED),
        runs=list(csv.DictReader(text(RUNS).splitlines())),
        source=read_yaml(SOURCE),
        project=project,
        title=title(README) or project["name"],
        figures={path.stem: path for path in sorted(FIGURES.rglob("*.png"))},
    )


def text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path.as_posix()} is missing: run 'uv run dvc repro'.") from None


def title(document: Path) -> str | None:
    """The first heading of a document in Markdown, if there is one."""
    if not document.is_file():
        return None
    lines = document.read_text(encoding="utf-8").splitlines()
    return next((line[2:].strip() for line in lines if line.startswith("# ")), None)
