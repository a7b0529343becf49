"""The command `check`: text for 80 columns of any terminal, or JSON."""

import io
import json
import sys
import textwrap
from dataclasses import asdict

from ml_portfolio.tool.check.findings import Finding
from ml_portfolio.tool.check.readiness import Groups, check_all, check_gates, read_project

WIDTH = 79
MARKS = {"ok": "ok", "todo": "todo", "unknown": "?", "note": "note"}
FIRST = 3  # open findings that are named at the top
# The findings that matter most to a reader, first.
ORDER = (
    "own-data baseline min_gain questions documents reproduced placeholders data-licence "
    "plan-first saved pushed ci history"
).split()


def run(as_json: bool, gates_only: bool) -> int:
    """Check the project and print the findings; return the exit code: 0 if none is open, else 1.

    Raises UserError where the working folder is not a project's.
    """
    project = read_project()
    groups = check_gates(project) if gates_only else check_all(project)
    question = "Do the quality gates hold?" if gates_only else "Is this ready to show?"
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # some terminals know few letters
    print(format_json(groups) if as_json else format_text(question, groups))
    return 1 if open_findings(groups) else 0


def open_findings(groups: Groups) -> list[Finding]:
    """Return the open findings, the most important first."""
    groups_of = (group.items() for group in groups.values())
    left = {name: each for group in groups_of for name, each in group if each.is_open}
    first = [left.pop(name) for name in ORDER if name in left]
    return [*first, *left.values()]


def verdict(left: list[Finding]) -> str:
    """Return the result in one sentence."""
    if not left:
        return "Yes: nothing that was checked is missing."
    todo = sum(finding.status == "todo" for finding in left)
    numbers = {"to do": todo, "could not be checked": len(left) - todo}
    return (
        f"Not yet: {', '.join(f'{number} {what}' for what, number in numbers.items() if number)}."
    )


def format_text(question: str, groups: Groups) -> str:
    left = open_findings(groups)
    lines = [f"{question} {verdict(left)}", ""]
    if left:
        lines += ["Begin with", ""]
        for number, finding in enumerate(left[:FIRST], 1):
            lines += wrap(f" {number}. ", f"{capitalize(finding.message)}. {finding.advice}")
        lines.append("")
    for group, findings in groups.items():
        lines += [group, "-" * len(group)]
        for finding in findings.values():
            lines += wrap(f"  {MARKS[finding.status]:<5}", capitalize(finding.message))
            if finding.advice and finding.status != "ok":
                lines += wrap(" " * 7 + "-> ", finding.advice)
        lines.append("")
    return "\n".join(lines).rstrip()


def format_json(groups: Groups) -> str:
    left = open_findings(groups)
    content = {
        "ready": not left,
        "verdict": verdict(left),
        "findings": {
            group: [{"name": name, **asdict(each)} for name, each in findings.items()]
            for group, findings in groups.items()
        },
    }
    return json.dumps(content, indent=2)


def wrap(start: str, words: str) -> list[str]:
    """Return words on lines that fit; paths are not broken."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def capitalize(words: str) -> str:
    """Return words with a capital at the beginning, unless that is a path or a name in code."""
    first = words.split(maxsplit=1)[0].rstrip(".,:")
    return words if set("/_.") & set(first) else words[:1].upper() + words[1:]
