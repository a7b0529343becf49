"""What the checks read of the project in the working folder."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import PARAMS, read_yaml
from ml_portfolio.config.paths import DIAGNOSIS, METRICS, README, SOURCE
from ml_portfolio.tool.git import Git

Content = dict[str, Any]
DOCUMENTS = (README, Path("data/README.md"), Path("reports/model_card.md"))
PERSONAL = (README, Path("LICENSE"), Path("pyproject.toml"), SOURCE)  # they name the owner


@dataclass(frozen=True)
class ProjectFiles:
    """Contents of a project's files. One that is absent or damaged reads as empty."""

    git: Git
    params: Content
    source: Content
    stages: Content  # dvc.yaml's
    locked: Content  # dvc.lock's
    metrics: Content
    diagnosis: Content
    documents: dict[str, str]  # what readers are meant to read, by its path
    personal: dict[str, str]


def read_project() -> ProjectFiles:
    """Read the working folder; raises UserError where it is not a project's."""
    if not PARAMS.is_file():
        raise UserError(f"{PARAMS} is not here: run this in the project's folder.")
    return ProjectFiles(
        git=Git(),
        params=read_settings(PARAMS),
        source=read_settings(SOURCE),
        stages=read_settings(Path("dvc.yaml")).get("stages") or {},
        locked=read_settings(Path("dvc.lock")).get("stages") or {},
        metrics=read_report(METRICS),
        diagnosis=read_report(DIAGNOSIS),
        documents=read_texts([*DOCUMENTS, *sorted(Path("docs").rglob("*.md"))]),
        personal=read_texts(PERSONAL),
    )


def read_texts(paths: Sequence[Path]) -> dict[str, str]:
    return {path.as_posix(): read_text(path) for path in paths if path.is_file()}


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def read_report(path: Path) -> Content:
    try:
        content = json.loads(read_text(path))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def read_settings(path: Path) -> Content:
    try:
        content = read_yaml(path)
    except (UserError, OSError):
        return {}
    return content if isinstance(content, dict) else {}
