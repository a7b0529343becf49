"""The repository: is the work committed and pushed, does CI pass, and how heavy is it?"""

from collections.abc import Iterable
from pathlib import Path

from ml_portfolio.tool.check.findings import RERUN, Finding, count, shorten
from ml_portfolio.tool.check.plan import HISTORY
from ml_portfolio.tool.git import Git

FEW_COMMITS = 3  # show no work: the template's own, and an upload or two
HEAVY_FILE = 50_000_000  # bytes: GitHub warns from here on
HEAVY_BUNDLE = 200_000_000  # bytes: free hosts give half a gigabyte of memory


def saved(git: Git) -> Finding:
    if not git.is_there:
        return Finding("saved", "unknown", "this folder is not in a git repository", HISTORY)
    if changed := git.changed():
        message = f"{count(len(changed), 'file')} changed and not committed: {shorten(changed)}"
        return Finding("saved", "todo", message, "Commit your changes, or undo them")
    return Finding("saved", "ok", "everything is committed")


def pushed(git: Git) -> Finding:
    if not git.has_remote:
        message = "git has no remote: nobody else can see this yet, and CI never ran"
        return Finding("pushed", "note", message, "Push it to GitHub")
    if commits := git.unpushed():
        message = f"{count(commits, 'commit')} not pushed: readers see an older state"
        return Finding("pushed", "todo", message, "Run: git push")
    return Finding("pushed", "ok", "every commit is pushed")


def history(git: Git) -> Finding:
    if not git.has_history:
        return Finding("history", "unknown", "the git history is missing or incomplete", HISTORY)
    commits = git.commits()
    days = len({commit.date for commit in commits})
    message = f"{count(len(commits), 'commit')} on {count(days, 'day')}"
    advice = "Commit in small steps with a reason each: readers look at how you got there"
    if len(commits) <= FEW_COMMITS:
        return Finding("history", "todo", f"the history shows no work: {message}", advice)
    if days == 1:
        return Finding("history", "note", f"all work is of one day: {message}", advice)
    return Finding("history", "ok", message)


def weight(files: Iterable[Path], bundle: Path) -> Finding:
    """Check the size of the files in git, and of the bundle that is served."""
    name = "weight"
    large = [path for path in files if path.is_file() and path.stat().st_size > HEAVY_FILE]
    if large:
        message = f"too heavy for git: {shorten([path.as_posix() for path in large])}"
        advice = "Keep them in a DVC remote: data/README.md explains how"
        return Finding(name, "todo", message, advice)
    if not bundle.is_dir():
        message = f"{bundle.as_posix()} is not here, so the size of what is served is unknown"
        return Finding(name, "note", message, RERUN)
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    message = f"the bundle that is served has {size / 1e6:.1f} MB"
    if size > HEAVY_BUNDLE:
        message += f", more than {HEAVY_BUNDLE / 1e6:g}"
        advice = "Choose a smaller model: this one does not fit into a free host"
        return Finding(name, "todo", message, advice)
    return Finding(name, "ok", message)
