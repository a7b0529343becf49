"""The criteria by which projects of the MLOps Zoomcamp are judged, of DataTalks.Club.

https://github.com/DataTalksClub/mlops-zoomcamp/tree/main/07-project, told in our words. A person
who judges may be milder: here only what the repository shows counts.
"""

import re
from collections.abc import Sequence

from . import data, words
from .ml_test_score import scheduled
from .project import TESTS, Project
from .rubric import Point, committed, file, joined, says, section, stage, test

SHORT, LONG = 15, 60  # words, of a problem that is named, and of one that a stranger understands
NOT_OWN = re.compile(r"<!-- facts: (\w+) -->.*?<!-- end: \1 -->|<!--.*?-->", re.DOTALL)
CODE_FOR_CLOUDS = ("**/*.tf", "Pulumi.yaml", "**/*.bicep", "template.yaml")
HOSTS = ("fly.toml", "render.yaml", "app.yaml", "railway.json", "k8s/*.y*ml", "charts/*/Chart.yaml")


def score(project: Project) -> list[Point]:
    return [
        problem(project),
        cloud(),
        tracking(),
        orchestration(project),
        deployment(project),
        monitoring(),
        reproducibility(project),
        *practices(project),
    ]


def steps(name: str, ladder: Sequence[tuple[float, str]], most: float, advice: str) -> Point:
    """The most that is shown, of steps with less points first."""
    points, shown = max([(0.0, ""), *((points, shown) for points, shown in ladder if shown)])
    return Point(name, points, most, shown, advice)


def problem(project: Project) -> Point:
    """Told at the top of README.md or under a title with 'problem', in the owner's words."""
    text = project.documents.get("README.md", "")
    asked = any(words.asked("README.md", part) for part in parts_on_problem(text))
    own = all(finding.status == "holds" for finding in data.own_data(project)) and not asked
    count = sum(len(NOT_OWN.sub("", part).split()) for part in parts_on_problem(text))
    told = "README.md" if count >= SHORT else ""
    well = "README.md, in full" if own and count >= LONG else ""
    advice = f"Tell your own problem at the top of README.md, in {LONG} words or more."
    return steps("The problem is described", [(1, told), (2, well)], 2, advice)


def parts_on_problem(text: str) -> list[str]:
    """The opening of a document, and its sections on the problem."""
    opening, *sections = text.split("\n## ")
    return [opening, *(part for part in sections if "problem" in part.split("\n")[0].lower())]


def cloud() -> Point:
    hosted, described = file(*HOSTS), file(*CODE_FOR_CLOUDS)
    advice = "Deploy it to a host or a cluster, and keep the settings for that in the repository."
    return steps("It runs in a cloud", [(2, hosted), (4, described)], 4, advice)


def tracking() -> Point:
    logged = says("src/*/tracking.py", r"mlflow\.start_run")
    registered = says("src/*/*.py", r"registered_model_name|register_model\(")
    advice = "Half for runs in MLflow; register the chosen model there as well."
    ladder = [(2, logged), (4, joined(logged, registered))]
    return steps("Experiments are tracked, models registered", ladder, 4, advice)


def orchestration(project: Project) -> Point:
    flow = joined(stage("preprocess"), stage("train"))
    remote = scheduled(project) if project.git.has_remote else ""
    advice = "Half for a pipeline on one machine; run it on a schedule somewhere else as well."
    return steps("The workflow is orchestrated", [(2, flow), (4, remote)], 4, advice)


def deployment(project: Project) -> Point:
    served = file("src/*/serving/server.py")
    boxed = joined(file("Dockerfile"), project.ci_runs(r"docker build"))
    advice = "Serve the model over HTTP, in a container that CI builds."
    return steps("The model is deployed", [(2, served), (4, boxed)], 4, advice)


def monitoring() -> Point:
    counted = says("src/*/serving/monitoring.py", r"Counter\(")
    alerts = joined(counted, says("**/*rules*.y*ml", r"\balert\s*:"))
    advice = "Half for counting answers at /metrics; add alerts, or a retraining that they start."
    return steps("The model is monitored", [(2, counted), (4, alerts)], 4, advice)


def reproducibility(project: Project) -> Point:
    told = section(project, r"run|reproduce|start")
    whole = joined(told, committed(project, "uv.lock", "data/raw"))
    advice = "Say how to run it, and commit uv.lock and the data (or where DVC finds them)."
    return steps("Others can run it", [(2, told), (4, whole)], 4, advice)


def practices(project: Project) -> list[Point]:
    checked = project.ci_runs(r"\bruff\b") or says(".pre-commit-config.yaml", r"ruff")
    tested = project.ci_runs(TESTS)
    ships = project.ci_runs(r"docker push|deploy|upload")
    make = file("Makefile", "makefile", "justfile")
    return [
        steps("Unit tests", [(1, test(project, r"."))], 1, "Test the code."),
        steps(
            "An integration test", [(1, test(project, r"stages_hand_on"))], 1, "Test it as a whole."
        ),
        steps("A linter or formatter", [(1, checked)], 1, "Let CI run ruff."),
        steps(
            "A Makefile", [(1, make)], 1, "Write one, if its commands say more than 'uv run' does."
        ),
        steps(
            "Hooks before a commit", [(1, file(".pre-commit-config.yaml"))], 1, "Use pre-commit."
        ),
        steps(
            "CI and CD",
            [(1, tested), (2, joined(tested, ships))],
            2,
            "Half for CI; let it publish or deploy what passed as well.",
        ),
    ]
