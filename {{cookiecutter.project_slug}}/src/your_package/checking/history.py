"""What git tells of the order of things: the plan, the first result, and looks at the test set.

Only results on today's raw data count: on other data they were of another problem. Two results with
other figures mean that the test rows were read, something changed, and they were read again; then a
part of the choice is made by the rows that were to judge it. Another split of the same data is no
way out: it learns from rows that were tested on, and a seed can be chosen by its result.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML, YAMLError

from ..paths import METRICS
from .git import Commit, Git
from .project import PLAN, SOURCE

ACCOUNT = re.compile(
    r"^## Changes after the first result\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Look:
    """A commit of results on the test set."""

    commit: Commit
    scores: dict[str, Any]  # of the model, and its name

    def differs_from(self, other: "Look") -> bool:
        """Whether a figure that both have has moved: not only the layout of the file."""
        shared = self.scores.keys() & other.scores.keys()
        return any(rounded(self.scores[name]) != rounded(other.scores[name]) for name in shared)


def looks(git: Git, sha256: str) -> list[Look]:
    """The commits of results on the raw data of this fingerprint, oldest first."""
    found = []
    for commit in git.commits(METRICS.as_posix()):
        try:
            metrics = json.loads(git.text(commit.hash, METRICS.as_posix()))
            scores = {"candidate": metrics["candidate"], **metrics["model"]}
        except (ValueError, KeyError, TypeError):
            continue  # deleted, or damaged
        if fingerprint(git, commit) == sha256:
            found.append(Look(commit, scores))
    return found


def fingerprint(git: Git, commit: Commit) -> str:
    """The raw data's sha256, as data/source.yaml said it in a commit."""
    try:
        source = YAML(typ="safe").load(git.text(commit.hash, SOURCE.as_posix()))
    except YAMLError:
        return ""
    return str(source.get("sha256", "")) if isinstance(source, dict) else ""


def changes(found: list[Look]) -> list[Commit]:
    """The commits whose figures are not those of the look before."""
    return [later.commit for before, later in pairwise(found) if later.differs_from(before)]


def plan_before(git: Git, first: Commit) -> str:
    """The plan as it was before a commit; empty where there was none."""
    return git.text(f"{first.hash}^", PLAN.as_posix())


def changed_plans(git: Git, first: Commit) -> list[Commit]:
    """The commits after `first` that changed what the plan says, but for its account of changes."""
    later = set((git.ask("rev-list", f"{first.hash}..HEAD") or "").split())
    said, found = promises(git.text(first.hash, PLAN.as_posix())), []
    for commit in git.commits(PLAN.as_posix()):
        if commit.hash in later:
            before, said = said, promises(git.text(commit.hash, PLAN.as_posix()))
            if said != before:
                found.append(commit)
    return found


def promises(plan: str) -> str:
    """All of the plan but its account of changes, however its lines are broken."""
    return " ".join(ACCOUNT.sub("", plan).split())


def untold(plan: str, commits: list[Commit]) -> list[Commit]:
    """Those of some commits that the plan's account of changes does not name, nor their day.

    A commit gets another name when a branch is rebased or merged as one, but keeps its day.
    """
    account = ACCOUNT.search(plan)
    said = account[1] if account else ""
    return [commit for commit in commits if commit.short not in said and commit.date not in said]


def rounded(value: Any) -> Any:
    """To four digits: training the same again may move later ones."""
    return f"{value:.4g}" if isinstance(value, float) else value
