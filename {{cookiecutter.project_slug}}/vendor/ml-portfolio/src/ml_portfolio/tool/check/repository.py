"""The repository: is the work committed and pushed, does CI pass, and how heavy is it?"""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ml_portfolio.tool.check.findings import RERUN, Content, Finding, count, shorten
from ml_portfolio.tool.git import Git, call

FEW_COMMITS = 3  # show no work: the template's own, and an upload or two
HEAVY_FILE = 50_000_000  # bytes: GitHub warns from here on
HEAVY_BUNDLE = 200_000_000  # bytes: free hosts give half a gigabyte of memory
WORKFLOW = "ci.yml"
QUERY = ("--workflow", WORKFLOW, "--limit", "1", "--json", "conclusion,status,headSha,url")
TIMEOUT = 20  # seconds for GitHub to answer
HISTORY = "In a clone: git fetch --unshallow (in CI: fetch-depth: 0). Otherwise: git init"
NO_HISTORY = Finding("unknown", "the git history is missing or incomplete", HISTORY)


def saved(git: Git) -> Finding:
    if not git.is_there:
        return Finding("unknown", "this folder is not in a git repository", HISTORY)
    if changed := git.changed():
        message = f"{count(len(changed), 'file')} changed and not committed: {shorten(changed)}"
        return Finding("todo", message, "Commit your changes, or undo them")
    return Finding("ok", "everything is committed")


def pushed(git: Git) -> Finding:
    if not git.has_remote:
        message = "git has no remote: nobody else can see this yet, and CI never ran"
        return Finding("note", message, "Push it to GitHub")
    if commits := git.unpushed():
        message = f"{count(commits, 'commit')} not pushed: readers see an older state"
        return Finding("todo", message, "Run: git push")
    return Finding("ok", "every commit is pushed")


def history(git: Git) -> Finding:
    if not git.has_history:
        return NO_HISTORY
    commits = git.commits()
    days = len({commit.date for commit in commits})
    message = f"{count(len(commits), 'commit')} on {count(days, 'day')}"
    advice = "Commit in small steps with a reason each: readers look at how you got there"
    if len(commits) <= FEW_COMMITS:
        return Finding("todo", f"the history shows no work: {message}", advice)
    if days == 1:
        return Finding("note", f"all work is of one day: {message}", advice)
    return Finding("ok", message)


def last_run(git: Git) -> Finding:
    """Report CI's last run on this branch; where gh cannot tell, that is a note."""
    if (gh := shutil.which("gh")) is None:
        advice = "Install it from https://cli.github.com, then run: gh auth login"
        return not_asked("gh is not installed", advice)
    branch = ["--branch", git.branch()] if git.branch() else []
    try:
        done = call(gh, "run", "list", *QUERY, *branch, timeout=TIMEOUT)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["gh failed"])[0]
            return not_asked(reason, "See: gh auth status")
        return judge_run(json.loads(done.stdout), git.head())
    except subprocess.TimeoutExpired:
        return not_asked(f"GitHub did not answer in {TIMEOUT} seconds")
    except (OSError, ValueError, LookupError, TypeError) as error:
        return not_asked(str(error))


def not_asked(reason: str, advice: str = "") -> Finding:
    return Finding("note", f"what CI found could not be asked: {reason}", advice)


def judge_run(runs: list[Content], head: str) -> Finding:
    """Judge the last of CI's runs; `head` is the commit that is checked out."""
    if not runs:
        advice = f"Push .github/workflows/{WORKFLOW}, and see the Actions tab on GitHub"
        return Finding("todo", "CI has never run on this branch", advice)
    run = runs[0]
    is_head = run["headSha"] == head
    commit = "this commit" if is_head else f"commit {run['headSha'][:7]}, not this"
    if run["status"] != "completed":
        return Finding("note", f"CI is still running on {commit}: {run['url']}")
    if run["conclusion"] != "success":
        message = f"CI's last run, on {commit}, ended with '{run['conclusion']}'"
        return Finding("todo", message, f"See {run['url']}")
    return Finding("ok" if is_head else "note", f"CI passed on {commit}: {run['url']}")


def weight(files: Iterable[Path], bundle: Path) -> Finding:
    """Check the size of the files in git, and of the bundle that is served."""
    large = [path for path in files if path.is_file() and path.stat().st_size > HEAVY_FILE]
    if large:
        message = f"too heavy for git: {shorten([path.as_posix() for path in large])}"
        return Finding("todo", message, "Keep them in a DVC remote: data/README.md explains how")
    if not bundle.is_dir():
        message = f"{bundle.as_posix()} is not here, so the size of what is served is unknown"
        return Finding("note", message, RERUN)
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    message = f"the bundle that is served has {size / 1e6:.1f} MB"
    if size > HEAVY_BUNDLE:
        advice = "Choose a smaller model: this one does not fit into a free host"
        return Finding("todo", f"{message}, more than {HEAVY_BUNDLE / 1e6:g}", advice)
    return Finding("ok", message)
