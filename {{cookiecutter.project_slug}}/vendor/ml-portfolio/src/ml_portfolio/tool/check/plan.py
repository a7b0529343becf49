"""The evaluation plan: does it match params.yaml, and was it made before the first result?"""

import re

from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.config.paths import METRICS, PLAN, SOURCE
from ml_portfolio.tool.check.findings import Finding, Findings, shorten
from ml_portfolio.tool.check.owner import QUESTION
from ml_portfolio.tool.check.repository import NO_HISTORY
from ml_portfolio.tool.git import Commit, Git
from ml_portfolio.tool.plan import read_facts, refill_text

DISCLOSE = f"State the reason in {PLAN.as_posix()} under 'Changes after the first result'"
SHA256 = re.compile(r"""^sha256:\s*["']?(\w+)""", re.MULTILINE)  # of data/source.yaml
# Comments and the account of changes are not part of what is planned.
NO_PLAN = re.compile(
    r"<!--.*?-->|^## Changes after the first result\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE
)


def check_plan(text: str, git: Git, source: str) -> Findings:
    """Check the plan's text ("": it is missing); `source` is the text of data/source.yaml."""
    if text:
        return {"plan-facts": plan_matches(text), "plan-first": plan_first(text, git, source)}
    message = f"{PLAN.as_posix()} is missing: without it, a result can choose its own measure"
    advice = "Restore it with git and answer its questions before you look at results"
    return {"plan-first": Finding("todo", message, advice)}


def plan_matches(text: str) -> Finding:
    """Check whether the plan states what params.yaml and data/schema.yaml state."""
    command = f"uv run {command_name()} plan"
    try:
        outdated = refill_text(text, read_facts()) != text
    except UserError as error:
        return Finding("todo", str(error), f"Correct it, then run: {command}")
    if outdated:
        advice = f"Run: {command}. Then look at what it changed, and commit it"
        return Finding("todo", f"{PLAN.as_posix()} does not match params.yaml", advice)
    return Finding("ok", "the plan matches params.yaml")


def plan_first(text: str, git: Git, source: str) -> Finding:
    """Check by git whether the plan was answered before the first result on today's raw data.

    What git can show: whether a commit before that of the first reports/metrics.json held the plan
    with no question open, and whether it planned the same as today.
    """
    if not git.has_history:
        return NO_HISTORY
    commits = git.commits(METRICS.as_posix())
    first = next((commit for commit in commits if has_result(git, commit, source)), None)
    if first is None:
        advice = "Answer the plan's questions and commit it; after that, commit reports/"
        return Finding("unknown", "no result on these data is committed yet", advice)
    before = git.read(f"{first.hash}^", PLAN.as_posix())
    if not before or QUESTION.search(before):
        state = "its questions were open" if before else "it was not there"
        message = f"the plan came late: {state} before the first result, {first}"
        return Finding("note", message, DISCLOSE)
    if planned(before) == planned(text):
        return Finding("ok", f"the plan was committed as it is before the first result, {first}")
    later = [str(commit) for commit in git.commits(PLAN.as_posix(), since=first.hash)]
    changes = shorten(later) or "not committed yet"
    message = f"the plan was made before the first result, {first}, and changed since: {changes}"
    return Finding("note", message, DISCLOSE)


def has_result(git: Git, commit: Commit, source: str) -> bool:
    """Whether a commit holds a result on the raw data that data/source.yaml now describes."""
    before = git.read(commit.hash, SOURCE.as_posix())
    same_data = SHA256.findall(before) == SHA256.findall(source)
    return same_data and bool(git.read(commit.hash, METRICS.as_posix()))


def planned(text: str) -> list[str]:
    """Return the words of the plan, however its lines are broken."""
    return NO_PLAN.sub("", text).split()
