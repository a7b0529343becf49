"""The project as the checks read it: files of the working folder, and git."""

import ast
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..params import PARAMS, read_yaml
from ..paths import DIAGNOSIS, EXPLANATION, METRICS
from .git import Git

SOURCE = Path("data/source.yaml")
PLAN = Path("docs/evaluation_plan.md")
TESTS = r"\bpytest(\s+-(?!k\b|m\b)\S+)*$"  # all of them, not only some
PIPELINE = r"\bdvc repro\b"
REGULAR = {"push", "pull_request", "schedule"}  # a workflow that only a person starts is not


class Project:
    """What is in the working folder. A file that is absent or damaged reads as empty."""

    def __init__(self) -> None:
        if not PARAMS.is_file():
            raise UserError(f"{PARAMS} is not here: run this in the project's folder.")
        self.git = Git()
        self.metrics = read_json(METRICS)
        self.diagnosis = read_json(DIAGNOSIS)
        self.explanation = read_json(EXPLANATION)
        self.source = read_settings(SOURCE)
        self.params = read_settings(PARAMS)

    @functools.cached_property
    def documents(self) -> dict[str, str]:
        """What people are to read, by its path."""
        names = [Path("README.md"), Path("data/README.md"), Path("reports/model_card.md")]
        paths = [*names, *sorted(Path("docs").rglob("*.md"))]
        return {path.as_posix(): read(path) for path in paths if path.is_file()}

    @functools.cached_property
    def tests(self) -> list[str]:
        """The tests that can fail, since they assert something: tests/test_x.py, test_name."""
        found = []
        for path in sorted(Path("tests").rglob("test_*.py")):
            try:
                tree = ast.parse(read(path))
            except SyntaxError:
                continue
            functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            found += [
                f"{path.as_posix()}, {function.name}"
                for function in functions
                if function.name.startswith("test_") and can_fail(function)
            ]
        return found

    @functools.cached_property
    def workflows(self) -> dict[str, Any]:
        """What runs without a person: the workflows by path, as their YAML says."""
        paths = sorted(Path(".github/workflows").glob("*.y*ml"))
        found = {path.as_posix(): read_settings(path) for path in paths}
        return {path: flow for path, flow in found.items() if REGULAR & set(triggers(flow))}

    def ci_runs(self, command: str) -> str:
        """The line that runs a command (a pattern) regularly, and in which workflow; else ""."""
        for path, flow in self.workflows.items():
            if line := ran(flow, command):
                return f"{shortened(line)} in {path.rsplit('/', 1)[1]}"
        return ""


def can_fail(function: ast.FunctionDef) -> bool:
    inside = list(ast.walk(function))
    raises = any(isinstance(part, ast.Attribute) and part.attr == "raises" for part in inside)
    return raises or any(isinstance(part, ast.Assert) for part in inside)


def shortened(line: str) -> str:
    return line if len(line) <= 30 else f"{line[:27].rstrip()}..."


def triggers(flow: Any) -> list[str]:
    """The events that start a workflow."""
    on = flow.get("on", []) if isinstance(flow, dict) else []
    return [on] if isinstance(on, str) else list(on or [])


def ran(flow: Any, command: str) -> str:
    """The first line with such a command that a step of a workflow gives to the shell, or ""."""
    return next((line for line in run_lines(flow) if re.search(command, line)), "")


def run_lines(flow: Any) -> Iterator[str]:
    """Each line that a workflow's steps give to the shell, without comments."""
    for job in (flow.get("jobs") or {}).values():
        for step in job.get("steps") or []:
            for line in str(step.get("run", "")).splitlines():
                yield line.split(" #")[0].strip()


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read(path))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def read_settings(path: Path) -> dict[str, Any]:
    try:
        content = read_yaml(path)
    except (UserError, OSError):
        return {}
    return content if isinstance(content, dict) else {}
