"""A small project that is ready to show, for tests to take something away from."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

from ruamel.yaml import YAML

from your_package.checking import plan
from your_package.checking.findings import Finding
from your_package.checking.project import PLAN, SOURCE, Project
from your_package.checking.quality import QualityParams
from your_package.checking.readiness import findings
from your_package.params import load
from your_package.paths import DIAGNOSIS, METRICS

README = Path("README.md")
TAKEN = ("README.md", "params.yaml", "dvc.yaml", "pyproject.toml", "LICENSE", "data", "docs", "src")
LEFT = shutil.ignore_patterns("raw", "processed", "__pycache__")


def build(root: Path) -> None:
    """Make the working folder a project whose owner has done all that `check` asks for."""
    for name in (*TAKEN, "tests", ".github", ".pre-commit-config.yaml"):
        source = root / name
        if source.is_dir():
            shutil.copytree(source, name, ignore=LEFT)
        elif source.is_file():
            shutil.copy(source, name)
    git("init", "--quiet")
    commit("Start")
    edit(SOURCE, "sha256: .*", f"sha256: {'0' * 64}")
    edit(SOURCE, "url: .*", "url: https://example.com")
    for key in ("licence", "citation"):
        edit(SOURCE, f"{key}: unknown.*", f"{key}: mine", at_least=0)
    commit("My data")
    for path in [README, Path("data/README.md"), *Path("docs").rglob("*.md")]:
        edit(path, r"(?s)<!-- Yours to write:.*?-->", "My answer.", at_least=0)
    for path in (README, Path("LICENSE"), Path("pyproject.toml")):
        edit(path, "Your Name|your-username", "ada", at_least=0)
        edit(path, "A machine-learning project from raw data to a served model.", "Mine.", 0)
    plan.refill()
    commit("What I plan")
    write_results()
    commit("The result")
    edit(README, r"\Z", "\nWhat I learned.\n")
    commit("What I learned")


def write_results(**scores: float) -> None:
    """Reports on a model that keeps within all gates, and the lock that says how they came."""
    limits = load("quality", QualityParams)
    metric = settings("params.yaml")["train"]["metric"]
    gain = {"value": 3 * limits.min_gain, "low": 2 * limits.min_gain, "high": 4 * limits.min_gain}
    metrics = {
        "candidate": "best",
        "metric": metric,
        "rows": 100,
        "model": {metric: 0.9, **scores},
        "baseline": {metric: 0.5},
        "intervals": {"level": 0.95, "gain": {metric: gain}},
        "calibration": {"expected_calibration_error": 0.001},
        "conformal": {"confidence": 0.9, "coverage": 0.9, "low": 0.85, "high": 0.95},
        "over": {},
    }
    part = {"by": "age", "group": "young", "rows": 9, "value": 0.9, "low": 0.8, "high": 1.0}
    part["surely_worse_by"] = 0
    diagnosis = {
        "metric": metric,
        "overall": 0.9,
        "slices": [part],
        "drift": [{"trait": "age", "psi": 0.01}],
    }
    for path, content in ((METRICS, metrics), (DIAGNOSIS, diagnosis)):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    lock()


def lock() -> None:
    """Note the reports and a setting as DVC does."""
    stages = {name: {"cmd": "x"} for name in settings("dvc.yaml")["stages"]}
    md5 = hashlib.md5(METRICS.read_bytes(), usedforsecurity=False).hexdigest()
    seed = settings("params.yaml")["train"]["seed"]
    stages["evaluate"] |= {
        "params": {"params.yaml": {"train.seed": seed}},
        "outs": [{"path": METRICS.as_posix(), "md5": md5}],
    }
    with Path("dvc.lock").open("w", encoding="utf-8") as file:
        YAML().dump({"stages": stages}, file)


def settings(name: str) -> dict:
    return YAML(typ="safe").load(Path(name).read_text(encoding="utf-8"))


def git(*words: str) -> str:
    me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *me, *words], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(message: str) -> str:
    """Commit all; return the first letters of the commit's name."""
    git("add", "--all")
    git("commit", "--quiet", "--no-verify", "--message", message)
    return git("rev-parse", "HEAD")[:7]


def edit(path: Path, pattern: str, new: str, at_least: int = 1) -> str:
    """Put `new` where a pattern first fits; return what the file was, to put it back."""
    before = path.read_text(encoding="utf-8")
    after, times = re.subn(pattern, lambda _: new, before, count=0 if at_least == 0 else 1)
    assert times >= at_least, f"{pattern} is not in {path}"
    path.write_text(after, encoding="utf-8", newline="\n")
    return before


def tell(words: str) -> None:
    """Add to the plan's account of changes."""
    edit(PLAN, r"\Z", f"\n{words}\n")
    commit("Told")


def found() -> dict[str, Finding]:
    """What is found in the working folder, by name."""
    return {each.name: each for group in findings(Project()).values() for each in group}
