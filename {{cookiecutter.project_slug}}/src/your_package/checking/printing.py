"""What the command `check` says: on 80 columns of any terminal, as JSON, and as a badge."""

import io
import json
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..files import whole
from . import ml_test_score, zoomcamp
from .badge import draw
from .findings import Finding
from .project import Project
from .readiness import findings, gates_only
from .rubric import Point, total

WIDTH = 79
MARKS = {"holds": "ok", "mend": "todo", "unseen": "?", "note": "note"}
FIRST = 3  # things to do that are named at the top
# Of the open findings, those that change most of what a reader thinks, first.
ORDER = (
    "own-data baseline min_gain questions plan-first test-set documents reproduced placeholders "
    "data-licence saved history ci"
).split()


def run(as_json: bool, only_gates: bool, badge: Path | None) -> int:
    """Look at the project, say what is found; return the exit code: 0 if it is ready, else 1."""
    project = Project()
    groups = gates_only(project) if only_gates else findings(project)
    scores: dict[str, Any] = {}
    if not only_gates:
        scores["ml_test_score"] = ml_test_score.score(project)
        scores["zoomcamp"] = zoomcamp.score(project)
    left = [finding for group in groups.values() for finding in group if finding.is_open]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # some terminals know few letters
    print(write_json(groups, scores, left) if as_json else write_text(groups, scores, left))
    if badge:
        with whole(badge) as draft:
            draft.write_text(draw(len(left)), encoding="utf-8", newline="\n")
    return 1 if left else 0


def verdict(left: list[Finding]) -> str:
    """In one sentence."""
    mend = sum(finding.status == "mend" for finding in left)
    unseen = len(left) - mend
    if not left:
        return "Yes: nothing that was asked for is missing."
    parts = [f"{mend} to mend"] * bool(mend) + [f"{unseen} could not be seen"] * bool(unseen)
    return f"Not yet: {', '.join(parts)}."


def most_important(left: list[Finding]) -> list[Finding]:
    rank = {name: place for place, name in enumerate(ORDER)}
    return sorted(left, key=lambda finding: rank.get(finding.name, len(ORDER)))[:FIRST]


def write_text(
    groups: dict[str, list[Finding]], scores: dict[str, Any], left: list[Finding]
) -> str:
    question = "Is this ready to show?" if scores else "Do the quality gates hold?"
    lines = [f"{question} {verdict(left)}", ""]
    if left:
        lines += ["Begin with", ""]
        for number, finding in enumerate(most_important(left), 1):
            lines += wrapped(f" {number}. ", f"{capital(finding.said)}. {finding.advice}")
        lines.append("")
    for group, found in groups.items():
        lines += [group, "-" * len(group)]
        for finding in found:
            lines += wrapped(f"  {MARKS[finding.status]:<5}", capital(finding.said))
            if finding.advice and finding.status != "holds":
                lines += wrapped(" " * 7 + "-> ", finding.advice)
        lines.append("")
    if scores:
        lines += [*write_score(scores["ml_test_score"]), "", *write_zoomcamp(scores["zoomcamp"])]
    return "\n".join(lines).rstrip()


def write_score(sections: dict[str, list[Point]]) -> list[str]:
    score = ml_test_score.final(sections)
    title = f"ML Test Score (Breck et al. 2017): {score:g} of 7"
    about = (
        f"That is: {ml_test_score.meaning(score)}. The least of four sections counts. 1: repeated "
        "by a machine; 0.5: by hand, in part, or by a CI that never ran since nothing is pushed."
    )
    lines = [title, "-" * len(title), *wrapped("", about)]
    for name, points in sections.items():
        lines += [
            "",
            f"  {capital(name)}: {total(points):g} of {len(points)}",
            *write_points(points),
        ]
    return lines


def write_zoomcamp(points: list[Point]) -> list[str]:
    most = sum(point.most for point in points)
    title = f"Project criteria of the MLOps Zoomcamp: {total(points):g} of {most:g}"
    return [title, "-" * len(title), *write_points(points)]


def write_points(points: Iterable[Point]) -> Iterable[str]:
    for point in points:
        yield from wrapped(f"  {point.points:>3g}  ", point.name)
        if point.shown:
            yield from wrapped(" " * 7 + "by ", point.shown)
        if point.points < point.most:
            yield from wrapped(" " * 7 + "-> ", point.advice)


def wrapped(start: str, words: str) -> list[str]:
    """Words on lines that fit; paths are not broken."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def capital(words: str) -> str:
    """With a capital, but for a path or a name in code."""
    first = words.split(maxsplit=1)[0].rstrip(".,:")
    return words if set("/_.") & set(first) else words[:1].upper() + words[1:]


def write_json(
    groups: dict[str, list[Finding]], scores: dict[str, Any], left: list[Finding]
) -> str:
    content: dict[str, Any] = {
        "ready": not left,
        "verdict": verdict(left),
        "findings": {group: [asdict(each) for each in found] for group, found in groups.items()},
    }
    if scores:
        sections = scores["ml_test_score"]
        content["ml_test_score"] = {
            "score": ml_test_score.final(sections),
            "sections": {name: [asdict(p) for p in points] for name, points in sections.items()},
        }
        content["zoomcamp"] = {
            "score": total(scores["zoomcamp"]),
            "most": sum(point.most for point in scores["zoomcamp"]),
            "points": [asdict(point) for point in scores["zoomcamp"]],
        }
    return json.dumps(content, indent=2)
