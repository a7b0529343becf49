"""All checks, in the order in which a reader of the project would ask, and what they read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import read_json
from ml_portfolio.config.params import PARAMS, read_yaml
from ml_portfolio.config.paths import BUNDLE, DIAGNOSIS, METRICS, PLAN, README, SOURCE
from ml_portfolio.tool.check import lock, owner, repository, results
from ml_portfolio.tool.check.findings import Content, Findings
from ml_portfolio.tool.check.plan import check_plan
from ml_portfolio.tool.git import Git

Groups = dict[str, Findings]
PIPELINE, LOCK = Path("dvc.yaml"), Path("dvc.lock")
SETTINGS = (PARAMS, SOURCE, PIPELINE, LOCK, METRICS, DIAGNOSIS)
DOCUMENTS = (README, Path("data/README.md"), Path("reports/model_card.md"))
PERSONAL = (README, Path("LICENSE"), Path("pyproject.toml"), SOURCE)  # they name the owner


@dataclass(frozen=True)
class ProjectFiles:
    """Contents of a project's files, by path."""

    git: Git
    settings: dict[Path, Content]  # and reports; empty where a file is absent or damaged
    documents: dict[str, str]  # what readers are meant to read
    personal: dict[str, str]


def read_project() -> ProjectFiles:
    """Read the working folder; raises UserError where it is not a project's."""
    if not PARAMS.is_file():
        raise UserError(f"{PARAMS} is not here: run this in the project's folder.")
    return ProjectFiles(
        git=Git(),
        settings={path: read(path) for path in SETTINGS},
        documents=read_texts([*DOCUMENTS, *sorted(Path("docs").rglob("*.md"))]),
        personal=read_texts(PERSONAL),
    )


def read(path: Path) -> Content:
    try:
        content = read_json(path) if path.suffix == ".json" else read_yaml(path)
    except (UserError, OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def read_texts(paths: Sequence[Path]) -> dict[str, str]:
    return {
        path.as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in paths
        if path.is_file()
    }


def check_all(project: ProjectFiles) -> Groups:
    git, settings = project.git, project.settings
    source, metrics = settings[SOURCE], settings[METRICS]
    plan = project.documents.get(PLAN.as_posix(), "")
    return {
        "The problem and the data": {
            "own-data": owner.own_data(source),
            "data-licence": owner.licence(source),
        },
        "What only you can write": {
            "questions": owner.questions(project.documents),
            "placeholders": owner.placeholders(project.personal),
        },
        "The evaluation plan": check_plan(plan, git, project.personal.get(SOURCE.as_posix(), "")),
        "The results": {
            "baseline": results.baseline(metrics),
            **results.quality_gates(metrics, settings[DIAGNOSIS]),
            "reproduced": lock.reproduced(settings[PIPELINE], settings[LOCK], settings[PARAMS]),
            "documents": results.documents(),
        },
        "The repository": {
            "saved": repository.saved(git),
            "pushed": repository.pushed(git),
            "history": repository.history(git),
            **({"ci": repository.last_run(git)} if git.has_remote else {}),
            "weight": repository.weight(map(Path, git.tracked()), BUNDLE),
        },
    }


def check_gates(project: ProjectFiles) -> Groups:
    """Return the quality gates of params.yaml alone, for CI."""
    metrics, diagnosis = project.settings[METRICS], project.settings[DIAGNOSIS]
    return {"The quality gates": results.quality_gates(metrics, diagnosis)}
