"""The evaluation plan and the test set, as git tells of them."""

from ..errors import UserError
from .findings import Finding, shorten
from .git import Commit
from .history import Look, changed_plans, changes, looks, plan_before, untold
from .project import PLAN, Project
from .words import QUESTION

TELL = (
    f"Say so in {PLAN.as_posix()} under 'Changes after the first result', naming each commit or "
    "its day"
)
LATER = "Answer the plan's questions and commit it; then commit reports/: git shows the order"
HISTORY = "In a clone: git fetch --unshallow (in CI: fetch-depth: 0). Else: git init"


def facts(project: Project) -> list[Finding]:
    """Whether the plan says what params.yaml says."""
    if not PLAN.is_file():
        return []  # came_first says so
    from . import plan  # brings the training libraries along, which takes seconds

    try:
        old = plan.is_stale()
    except UserError as error:
        return [Finding("plan-facts", "mend", str(error), "Mend it, then run the command 'plan'")]
    if old:
        said = f"{PLAN.as_posix()} says other than params.yaml"
        how = "Run the command 'plan', look at what it changed, and commit it"
        return [Finding("plan-facts", "mend", said, how)]
    return [Finding("plan-facts", "holds", "the plan says what params.yaml says")]


def came_first(project: Project) -> list[Finding]:
    """Whether the plan, with its questions answered, was committed before the first result."""
    name, now = "plan-first", project.documents.get(PLAN.as_posix(), "")
    if not now:
        said = f"there is no {PLAN.as_posix()}: a result can be told in its own favour"
        how = "Restore it with git and answer its questions before you look at results"
        return [Finding(name, "mend", said, how)]
    found = seen(project)
    if found is None:
        return [
            Finding(name, "unseen", "the history of git is not here, or not all of it", HISTORY)
        ]
    if not found:
        return [Finding(name, "unseen", "no result on these data is committed yet", LATER)]
    first = found[0].commit
    if (before := plan_before(project.git, first)) and not QUESTION.search(before):
        return [Finding(name, "holds", f"the plan was there before the first result, {first}")]
    was = "its questions were open" if before else "it was not there"
    said = f"the plan came late: {was} when the first result was committed, {first}"
    return [told_or_not(name, now, [first], said)]


def kept(project: Project) -> list[Finding]:
    """Whether the plan was left alone once there were results, or its changes are told."""
    found, now = seen(project), project.documents.get(PLAN.as_posix(), "")
    if not found or not now:
        return []  # came_first says so
    if not (later := changed_plans(project.git, found[0].commit)):
        return [Finding("plan-kept", "holds", "the plan was not changed after the first result")]
    said = f"the plan was changed after the first result: {shorten([str(c) for c in later])}"
    return [told_or_not("plan-kept", now, later, said)]


def test_set(project: Project) -> list[Finding]:
    """Whether the test rows judged one model, or every further look at them is told."""
    found, name = seen(project), "test-set"
    if not found:
        return []  # came_first says so
    if not (later := changes(found)):
        said = f"the test rows were read for one model only, {found[0].commit}"
        return [Finding(name, "holds", said)]
    said = (
        "the test rows were read again after a change, so they have had a say in the choice: "
        f"first {found[0].commit}, then {shorten([str(c) for c in later])}"
    )
    return [told_or_not(name, project.documents.get(PLAN.as_posix(), ""), later, said)]


def told_or_not(name: str, plan: str, commits: list[Commit], said: str) -> Finding:
    """A fault that cannot be undone holds nobody up for ever, if it is told."""
    if missing := untold(plan, commits):
        which = shorten([commit.short for commit in missing], 6)
        return Finding(name, "mend", said, f"{TELL} ({which}). Or test on new data")
    return Finding(name, "note", f"{said}; the plan says why")


def seen(project: Project) -> list[Look] | None:
    """The committed results on today's data; None where the history cannot be read."""
    if not project.git.is_whole:
        return None
    return looks(project.git, str(project.source.get("sha256", "")))
