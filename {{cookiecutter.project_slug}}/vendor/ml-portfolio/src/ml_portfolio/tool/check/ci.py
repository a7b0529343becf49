"""CI's last run, as GitHub's command line (gh) reports it."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

from ml_portfolio.tool.check.findings import Finding
from ml_portfolio.tool.git import Git

WORKFLOW = "ci.yml"
FIELDS = "conclusion,status,headSha,url"
TIMEOUT = 20  # seconds for GitHub to answer
NOT_ASKED = "what CI found could not be asked"


def ci(git: Git) -> list[Finding]:
    """Report CI's last run on this branch; where gh cannot tell, that is a note."""
    if not git.has_remote:
        return []  # `pushed` reports it
    if (gh := shutil.which("gh")) is None:
        advice = "Install it from https://cli.github.com, then run: gh auth login"
        return [Finding("ci", "note", f"{NOT_ASKED}: gh is not installed", advice)]
    command = [gh, "run", "list", "--workflow", WORKFLOW, "--limit", "1", "--json", FIELDS]
    branch = ["--branch", git.branch()] if git.branch() else []
    try:
        done = subprocess.run(
            [*command, *branch],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["gh failed"])[0]
            return [Finding("ci", "note", f"{NOT_ASKED}: {reason}", "See: gh auth status")]
        return [judge(json.loads(done.stdout), git.head())]
    except subprocess.TimeoutExpired:
        return [Finding("ci", "note", f"{NOT_ASKED}: GitHub did not answer in {TIMEOUT} seconds")]
    except (OSError, ValueError, LookupError, TypeError) as error:
        return [Finding("ci", "note", f"{NOT_ASKED}: {error}")]


def judge(runs: list[Mapping[str, Any]], head: str) -> Finding:
    """Judge the last of CI's runs; `head` is the commit that is checked out."""
    if not runs:
        advice = f"Push .github/workflows/{WORKFLOW}, and see the Actions tab on GitHub"
        return Finding("ci", "todo", "CI has never run on this branch", advice)
    run = runs[0]
    commit = "this commit" if run["headSha"] == head else f"commit {run['headSha'][:7]}, not this"
    if run["status"] != "completed":
        return Finding("ci", "note", f"CI is still running on {commit}: {run['url']}")
    if run["conclusion"] != "success":
        message = f"CI's last run, on {commit}, ended with '{run['conclusion']}'"
        return Finding("ci", "todo", message, f"See {run['url']}")
    if run["headSha"] != head:
        return Finding("ci", "note", f"CI passed on {commit}: {run['url']}")
    return Finding("ci", "ok", f"CI passed on {commit}: {run['url']}")
