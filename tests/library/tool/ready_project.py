"""A small project that is ready to show, made of the template's files, for tests to break."""

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from ml_portfolio.config.params import load_project, load_section, read_yaml
from ml_portfolio.config.paths import DIAGNOSIS, METRICS, PLAN, README, SOURCE
from ml_portfolio.tool.check.findings import Finding
from ml_portfolio.tool.check.gates import LIMITS
from ml_portfolio.tool.check.readiness import check_all, read_project
from ml_portfolio.tool.plan import read_facts, refill_text
from projects import QUESTIONS
from projects import SOURCE as TEMPLATE
from ruamel.yaml import YAML

NAMES = (
    "README.md", "LICENSE", "pyproject.toml", "params.yaml", "dvc.yaml", "data/README.md",
    "data/schema.yaml", "data/source.yaml", "docs/evaluation_plan.md", "reports/model_card.md",
    ".gitignore", ".dvcignore",
)  # fmt: skip
OWN_ANSWERS = {
    QUESTIONS["description"]: "Which households will move within a year.",
    QUESTIONS["author_name"]: "Ada",
    QUESTIONS["github_username"]: "ada",
}


def render(track: str) -> None:
    """Copy the template's files of a track into the working folder, with the default answers."""
    slug = {"project_name": "Oak Tree", "project_slug": "oak-tree", "python_version": "3.11"}
    answers = QUESTIONS | slug
    answers["__description_quoted"] = json.dumps(answers["description"])
    answers["__author_quoted"] = json.dumps(answers["author_name"])
    for name in NAMES:
        own = TEMPLATE / "_tracks" / track / name
        text = (own if own.is_file() else TEMPLATE / name).read_text(encoding="utf-8")
        if not own.is_file():  # tracks are copied without rendering
            text = re.sub(r"\{\{ cookiecutter\.(\w+) \}\}", lambda m: str(answers[m[1]]), text)
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def build(track: str = "tabular-classification") -> None:
    """Make the working folder a project whose owner has done everything that `check` asks for."""
    render(track)
    git("init", "--quiet")
    commit("Start", "2026-01-01")
    edit(SOURCE, "sample: true.*\n", "")
    edit(SOURCE, "sha256: .*", f"sha256: {'0' * 64}")
    commit("My data", "2026-01-02")
    for path in [README, Path("data/README.md"), Path("reports/model_card.md"), PLAN]:
        edit(path, r"(?s)<!-- Yours to write:.*?-->", "My answer.", every=True)
    for path in (README, Path("LICENSE"), Path("pyproject.toml")):
        for default, own in OWN_ANSWERS.items():
            edit(path, re.escape(default), own, every=True)
    PLAN.write_text(refill_text(PLAN.read_text(encoding="utf-8"), read_facts()), encoding="utf-8")
    commit("My plan", "2026-01-03")
    write_results()
    commit("The result", "2026-01-04")
    edit(README, r"\Z", "\nWhat I learned.\n")
    commit("What I learned", "2026-01-05")


def write_results(**scores: float) -> None:
    """Write reports of a model that keeps within all gates, and dvc.lock."""
    limits = load_section("quality", LIMITS[load_project().task])
    metric = read_yaml(Path("params.yaml"))["train"]["metric"]
    gain = {"value": 3 * limits.min_gain, "low": 2 * limits.min_gain, "high": 4 * limits.min_gain}
    metrics = {
        "candidate": "best",
        "baseline_candidate": "majority",
        "metric": metric,
        "rows": 100,
        "model": {metric: 0.9, **scores},
        "baseline": {metric: 0.5},
        "intervals": {"level": 0.95, "gain": {metric: gain}},
        "calibration": {"expected_calibration_error": 0.001, "by_chance": 0.01},
        "conformal": {"confidence": 0.9, "coverage": 0.9, "low": 0.85, "high": 0.95},
    }
    young = {"by": "age", "group": "young", "rows": 40, "value": 0.9, "low": 0.8, "high": 1.0}
    diagnosis = {
        "metric": metric,
        "overall": 0.9,
        "slices": [young | {"surely_worse_by": 0, "expected": None}],
        "drift": [{"trait": "age", "psi": 0.01, "by_chance": 0.02}],
    }
    for path, content in ((METRICS, metrics), (DIAGNOSIS, diagnosis)):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    write_lock()


def write_lock() -> None:
    """Note the reports and the settings of training, as DVC does."""
    stages: dict[str, Any] = {name: {"cmd": "x"} for name in read_yaml(Path("dvc.yaml"))["stages"]}
    md5 = hashlib.md5(METRICS.read_bytes(), usedforsecurity=False).hexdigest()
    stages["train"]["params"] = {"params.yaml": {"train": read_yaml(Path("params.yaml"))["train"]}}
    stages["evaluate"]["outs"] = [{"path": METRICS.as_posix(), "md5": md5}]
    with Path("dvc.lock").open("w", encoding="utf-8") as file:
        YAML().dump({"stages": stages}, file)


def git(*arguments: str) -> str:
    """Run git as a user of its own; return its output."""
    me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", *me, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(message: str, day: str = "2026-02-01") -> str:
    """Commit everything as of a day; return the first letters of the commit's hash."""
    git("add", "--all")
    git("commit", "--quiet", "--no-verify", "--date", f"{day}T12:00:00", "--message", message)
    return git("rev-parse", "HEAD")[:7]


def edit(path: Path, pattern: str, new: str, every: bool = False) -> str:
    """Replace the first match of a pattern, or each if there is any; return the text before."""
    before = path.read_text(encoding="utf-8")
    after, count = re.subn(pattern, lambda _: new, before, count=0 if every else 1)
    assert count or every, f"{pattern} is not in {path}"
    path.write_text(after, encoding="utf-8", newline="\n")
    return before


def found() -> dict[str, Finding]:
    """Return the findings in the working folder, by name."""
    groups = check_all(read_project()).values()
    return {name: each for group in groups for name, each in group.items()}
