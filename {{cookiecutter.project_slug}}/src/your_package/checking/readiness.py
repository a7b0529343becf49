"""All that is looked at, in the order in which a reader would ask for it."""

from collections.abc import Callable

from . import data, planned, results, upkeep, words
from .findings import Finding
from .project import Project

Check = Callable[[Project], list[Finding]]
GROUPS: dict[str, tuple[Check, ...]] = {
    "The problem and the data": (data.own_data, data.licence),
    "What only you can write": (words.questions, words.placeholders),
    "The result": (results.baseline, results.quality_gates, results.reproduced, results.documents),
    "The plan and the test set": (
        planned.facts,
        planned.came_first,
        planned.kept,
        planned.test_set,
    ),
    "The repository": (upkeep.saved, upkeep.history, upkeep.published, upkeep.ci, upkeep.weight),
}


def findings(project: Project) -> dict[str, list[Finding]]:
    """What is found, by group."""
    return {
        group: [finding for check in checks for finding in check(project)]
        for group, checks in GROUPS.items()
    }


def gates_only(project: Project) -> dict[str, list[Finding]]:
    """The quality gates of params.yaml and nothing else: what a machine can answer for."""
    return {"The quality gates": results.quality_gates(project)}
