"""The results: are they there, worth something, within the gates, and those of today's code?"""

import hashlib
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..params import PARAMS, load
from ..paths import METRICS
from . import gates, quality
from .findings import RERUN, Finding, shorten
from .project import Project, read_settings


def baseline(project: Project) -> list[Finding]:
    """Whether the model is better than the baseline by more than chance."""
    metrics = project.metrics
    try:
        metric = metrics["metric"]
        model, simple = metrics["model"][metric], metrics["baseline"][metric]
    except (KeyError, TypeError):
        said = f"there is no result: {METRICS.as_posix()} is missing or damaged"
        return [Finding("baseline", "unseen", said, RERUN)]
    said = f"the {metric} of {metrics['candidate']} is {model:.4g}, the baseline's {simple:.4g}"
    try:
        low = metrics["intervals"]["gain"][metric]["low"]
    except (KeyError, TypeError):
        said = f"{said}; without an interval, nobody can tell whether this is chance"
        return [Finding("baseline", "unseen", said, RERUN)]
    if low > 0:
        return [Finding("baseline", "holds", f"{said}: better by more than chance")]
    return [
        Finding(
            "baseline",
            "mend",
            f"{said}: the gain may be chance, for its interval reaches down to {low:.2g}",
            "Try better features or more data, or show the baseline as your result.",
        )
    ]


def quality_gates(project: Project) -> list[Finding]:
    """Each gate of params.yaml, held against the reports."""
    try:
        limits = load("quality", quality.QualityParams)
    except UserError as error:
        return [Finding("quality", "mend", str(error), "Without gates, any result would do.")]
    if not project.metrics and not project.diagnosis:
        said = "the quality gates were not judged: there are no reports"
        return [Finding("quality", "unseen", said, RERUN)]
    return gates.judge(limits, quality.GATES, project.metrics, project.diagnosis)


def reproduced(project: Project) -> list[Finding]:
    """Whether the pipeline's files are those that dvc.lock notes: of today's code and settings."""
    stages = read_settings(Path("dvc.yaml")).get("stages") or {}
    locked = read_settings(Path("dvc.lock")).get("stages") or {}
    if not locked:
        said = "nothing shows that the pipeline ran: dvc.lock is missing"
        return [Finding("reproduced", "unseen", said, f"{RERUN}, then commit dvc.lock")]
    never = [f"stage {name} did not run" for name in stages if name not in locked]
    if found := [*never, *moved(locked)]:
        said = f"reports/ are not of today's files: {shorten(found)}"
        return [Finding("reproduced", "mend", said, f"{RERUN}, then commit what it changed")]
    return [Finding("reproduced", "holds", "reports/ are of today's code, data and settings")]


def moved(locked: dict[str, Any]) -> list[str]:
    """What changed since its stage ran.

    A file that is not here, as in a clone, is passed over, and so are documents: their owners may
    edit them, and `documents` sees whether their facts still hold.
    """
    params, found = read_settings(PARAMS), []
    for stage in locked.values():
        for file in [*stage.get("deps", []), *stage.get("outs", [])]:
            path = Path(file["path"])
            is_known = "md5" in file and path.is_file() and path.suffix != ".md"
            if is_known and md5(path) != file["md5"]:
                found.append(file["path"])
        for key, value in stage.get("params", {}).get(str(PARAMS), {}).items():
            if look_up(params, key) != value:
                found.append(f"{key} in {PARAMS}")
    return list(dict.fromkeys(found))


def look_up(params: Any, key: str) -> Any:
    for part in key.split("."):
        params = params.get(part) if isinstance(params, dict) else None
    return params


def md5(path: Path) -> str:
    """As DVC notes it: to find changes, not to keep secrets."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def documents(project: Project) -> list[Finding]:
    """Whether README.md, the model card and the page say what was measured."""
    try:
        old = [path.as_posix() for path in stale()]
    except (UserError, KeyError, TypeError, ValueError):
        said = "the documents cannot be held against the reports, for those are not all there"
        return [Finding("documents", "unseen", said, RERUN)]
    if old:
        said = f"{shorten(old)} say other than what was measured"
        return [Finding("documents", "mend", said, f"{RERUN}, then commit what it wrote")]
    return [Finding("documents", "holds", "the documents say what was measured")]


def stale() -> list[Path]:
    """The documents whose facts are out of date; raises UserError where the facts are not there."""
    from ..report import out_of_date
    from ..reporting.results import read

    return out_of_date(read())
