"""All checks, in the order in which a reader of the project would ask."""

from pathlib import Path

from ml_portfolio.config.paths import BUNDLE, PLAN
from ml_portfolio.tool.check import ci, data, lock, repository, results, writing
from ml_portfolio.tool.check.findings import Finding
from ml_portfolio.tool.check.plan import plan_first, plan_matches
from ml_portfolio.tool.check.project import ProjectFiles

Groups = dict[str, list[Finding]]


def check_all(project: ProjectFiles) -> Groups:
    """Return the findings by group."""
    git = project.git
    return {
        "The problem and the data": [data.own_data(project.source), data.licence(project.source)],
        "What only you can write": [
            writing.questions(project.documents),
            writing.placeholders(project.personal),
        ],
        "The evaluation plan": check_plan(project),
        "The results": [
            results.baseline(project.metrics),
            *results.quality_gates(project.metrics, project.diagnosis),
            lock.reproduced(project.stages, project.locked, project.params),
            results.documents(),
        ],
        "The repository": [
            repository.saved(git),
            repository.pushed(git),
            repository.history(git),
            *ci.ci(git),
            repository.weight(map(Path, git.tracked()), BUNDLE),
        ],
    }


def check_plan(project: ProjectFiles) -> list[Finding]:
    text = project.documents.get(PLAN.as_posix(), "")
    if not text:
        message = f"{PLAN.as_posix()} is missing: without it, a result can choose its own measure"
        advice = "Restore it with git and answer its questions before you look at results"
        return [Finding("plan-first", "todo", message, advice)]
    sha256 = str(project.source.get("sha256", ""))
    return [plan_matches(text), plan_first(text, project.git, sha256)]


def check_gates(project: ProjectFiles) -> Groups:
    """Return the quality gates of params.yaml alone, for CI."""
    return {"The quality gates": results.quality_gates(project.metrics, project.diagnosis)}
