"""Points of a public rubric, each with what earns it. A point that nobody can show is not given."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .project import Project, read, read_settings


@dataclass(frozen=True)
class Point:
    name: str
    points: float
    most: float
    shown: str  # the file, test or command that earns it; empty where there is none
    advice: str  # how to earn (more of) it


def total(points: Iterable[Point]) -> float:
    return sum(point.points for point in points)


# What follows returns where the proof is, or "" if there is none.


def file(*names: str) -> str:
    """The first of some files (patterns) that is there and not empty."""
    for name in names:
        for path in sorted(Path().glob(name)):
            if path.is_file() and path.stat().st_size:
                return path.as_posix()
    return ""


def says(name: str, pattern: str) -> str:
    """The first of some files whose text says it, comments of # aside."""
    for path in sorted(Path().glob(name)):
        lines = (line.split(" #")[0] for line in read(path).splitlines())
        if any(re.search(pattern, line) for line in lines if not line.lstrip().startswith("#")):
            return path.as_posix()
    return ""


def test(project: Project, pattern: str) -> str:
    """The first test whose name fits."""
    return next((name for name in project.tests if re.search(pattern, name)), "")


def stage(name: str) -> str:
    """A stage of the pipeline, if it is one."""
    stages = read_settings(Path("dvc.yaml")).get("stages") or {}
    return f"stage {name} of dvc.yaml" if name in stages else ""


def section(project: Project, pattern: str) -> str:
    """A section of the documents with such a title, if something stands in it."""
    for name, text in project.documents.items():
        said = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        for title, body in re.findall(r"^##+ (.*)\n((?:(?!#).*(?:\n|\Z))*)", said, re.MULTILINE):
            if re.search(pattern, title, re.IGNORECASE) and len(body.split()) >= 10:
                return f"{name}, '{title.strip()}'"
    return ""


def committed(project: Project, *patterns: str) -> str:
    """Files that are in git: the first of each pattern."""
    return joined(*(next(iter(project.git.tracked(pattern)), "") for pattern in patterns))


def joined(*shown: str) -> str:
    """All of it together; nothing if one is not there."""
    return " and ".join(dict.fromkeys(shown)) if all(shown) else ""
