"""How the repository is kept: its history, what runs it for others, and how heavy it is."""

from pathlib import Path

from ..paths import BUNDLE
from .findings import RERUN, Finding, count, shorten
from .planned import HISTORY
from .project import PIPELINE, TESTS, Project

FEW = 3  # commits that tell of no work: the template's own, and an upload or two
HEAVY_FILE = 50_000_000  # bytes: from here on GitHub warns
HEAVY_BUNDLE = 200_000_000  # bytes: free hosts give half a gigabyte of memory


def saved(project: Project) -> list[Finding]:
    if not project.git.is_there:
        return [Finding("saved", "unseen", "this folder is not in a git repository", HISTORY)]
    if changed := project.git.changed():
        said = f"{count(len(changed), 'file')} changed and not committed: {shorten(changed)}"
        return [Finding("saved", "mend", said, "Commit them, or undo the change")]
    return [Finding("saved", "holds", "all is committed")]


def history(project: Project) -> list[Finding]:
    if not project.git.is_whole:
        return [Finding("history", "unseen", "how the work went cannot be seen", HISTORY)]
    commits = project.git.commits()
    days = len({commit.date for commit in commits})
    said = f"{count(len(commits), 'commit')} on {count(days, 'day')}"
    if len(commits) <= FEW:
        how = "Commit in small steps with a reason each: readers look at how you got there"
        return [Finding("history", "mend", f"the history tells no story: {said}", how)]
    return [Finding("history", "holds", said)]


def published(project: Project) -> list[Finding]:
    if project.git.has_remote:
        return []
    said = "git knows no remote: nobody else can see this yet, and CI never ran"
    return [Finding("published", "note", said, "Push it to GitHub")]


def ci(project: Project) -> list[Finding]:
    wanted = {"the tests": TESTS, "the pipeline": PIPELINE}
    runs = {what: project.ci_runs(command) for what, command in wanted.items()}
    if missing := [what for what, where in runs.items() if not where]:
        said = f"no workflow runs {' and '.join(missing)} at each push"
        return [Finding("ci", "mend", said, "Restore .github/workflows/ci.yml with git")]
    return [
        Finding("ci", "holds", f"tests and pipeline run at each push ({', '.join(runs.values())})")
    ]


def weight(project: Project) -> list[Finding]:
    files = [Path(name) for name in project.git.tracked()]
    large = [path for path in files if path.is_file() and path.stat().st_size > HEAVY_FILE]
    if large:
        said = f"too heavy for git: {shorten([path.as_posix() for path in large])}"
        return [
            Finding("weight", "mend", said, "Keep them in a DVC remote: data/README.md says how")
        ]
    if not BUNDLE.is_dir():
        said = f"{BUNDLE.as_posix()} is not here, so what is served could not be weighed"
        return [Finding("weight", "note", said, RERUN)]
    size = sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file())
    said = f"the model that is served has {size / 1e6:.1f} MB"
    if size > HEAVY_BUNDLE:
        how = "Choose a smaller model: it fits into no free host"
        return [Finding("weight", "mend", f"{said}, more than {HEAVY_BUNDLE / 1e6:g}", how)]
    return [Finding("weight", "holds", said)]
