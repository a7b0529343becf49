"""The evaluation plan: does it match params.yaml, and was it made before the first result?"""

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.config.paths import METRICS, PLAN, SOURCE
from ml_portfolio.tool.check.findings import Finding, shorten
from ml_portfolio.tool.check.writing import QUESTION
from ml_portfolio.tool.git import Commit, Git
from ml_portfolio.tool.plan import read_facts, refill_text

HISTORY = "In a clone: git fetch --unshallow (in CI: fetch-depth: 0). Otherwise: git init"
DISCLOSE = f"State the reason in {PLAN.as_posix()} under 'Changes after the first result'"
# Comments and the account of changes are not part of what is planned.
NO_PLAN = re.compile(
    r"<!--.*?-->|^## Changes after the first result\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE
)


def plan_matches(text: str) -> Finding:
    """Check whether the plan states what params.yaml and data/schema.yaml state."""
    name, command = "plan-facts", f"uv run {command_name()} plan"
    try:
        outdated = refill_text(text, read_facts()) != text
    except UserError as error:
        return Finding(name, "todo", str(error), f"Correct it, then run: {command}")
    if outdated:
        message = f"{PLAN.as_posix()} does not match params.yaml"
        advice = f"Run: {command}. Then look at what it changed, and commit it"
        return Finding(name, "todo", message, advice)
    return Finding(name, "ok", "the plan matches params.yaml")


def plan_first(text: str, git: Git, sha256: str) -> Finding:
    """Check by git whether the plan was answered before the first result on today's raw data.

    What git can show: whether a commit before that of the first reports/metrics.json held the plan
    with no question open, and whether it planned the same as today.
    """
    name = "plan-first"
    if not git.has_history:
        return Finding(name, "unknown", "the git history is missing or incomplete", HISTORY)
    first = first_result(git, sha256)
    if first is None:
        advice = "Answer the plan's questions and commit it; after that, commit reports/"
        return Finding(name, "unknown", "no result on these data is committed yet", advice)
    before = git.read(f"{first.hash}^", PLAN.as_posix())
    if not before or QUESTION.search(before):
        state = "its questions were open" if before else "it was not there"
        message = f"the plan came late: {state} before the first result, {first}"
        return Finding(name, "note", message, DISCLOSE)
    if planned(before) == planned(text):
        message = f"the plan was committed as it is before the first result, {first}"
        return Finding(name, "ok", message)
    later = [str(commit) for commit in git.commits(PLAN.as_posix(), since=first.hash)]
    changes = shorten(later) or "not committed yet"
    message = f"the plan was made before the first result, {first}, and changed since: {changes}"
    return Finding(name, "note", message, DISCLOSE)


def first_result(git: Git, sha256: str) -> Commit | None:
    """Return the first commit with a result on the raw data of this fingerprint."""
    commits = git.commits(METRICS.as_posix())
    return next((commit for commit in commits if fingerprint(git, commit) == sha256), None)


def fingerprint(git: Git, commit: Commit) -> str:
    """Return the raw data's sha256 in data/source.yaml as of a commit; "" without a result."""
    if not git.read(commit.hash, METRICS.as_posix()):
        return ""
    try:
        source = YAML(typ="safe").load(git.read(commit.hash, SOURCE.as_posix()))
    except YAMLError:
        return ""
    return str(source.get("sha256", "")) if isinstance(source, dict) else ""


def planned(text: str) -> list[str]:
    """Return the words of the plan, however its lines are broken."""
    return NO_PLAN.sub("", text).split()
