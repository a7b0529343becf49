"""The results: are they there, better than the baseline, within the gates, and in the documents?"""

from collections.abc import Mapping
from typing import Any

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import load_project, load_section
from ml_portfolio.config.paths import METRICS
from ml_portfolio.tool.check.findings import RERUN, Finding, shorten
from ml_portfolio.tool.check.gates import TASKS, judge_gates


def baseline(metrics: Mapping[str, Any]) -> Finding:
    """Check whether the model is better than the baseline by more than chance."""
    name = "baseline"
    try:
        metric = metrics["metric"]
        model, simple = metrics["model"][metric], metrics["baseline"][metric]
        message = f"the {metric} of {metrics['candidate']} is {model:.4g}, "
        message += f"that of the baseline ({metrics['baseline_candidate']}) is {simple:.4g}"
        low = metrics["intervals"]["gain"][metric]["low"]
    except (KeyError, TypeError, ValueError):
        message = f"there is no result: {METRICS.as_posix()} is missing, damaged or incomplete"
        return Finding(name, "unknown", message, RERUN)
    if low > 0:
        return Finding(name, "ok", f"{message}: better by more than chance")
    return Finding(
        name,
        "todo",
        f"{message}: the gain may be chance, as its interval begins at {low:.2g}",
        "Try better features or more data, or present the baseline as your result.",
    )


def quality_gates(metrics: Mapping[str, Any], diagnosis: Mapping[str, Any]) -> list[Finding]:
    """Judge the reports by each gate of params.yaml."""
    try:
        task = TASKS[load_project().task]
        limits = load_section("quality", task.limits)
    except UserError as error:
        return [Finding("quality", "todo", str(error), "Without gates, any result would pass.")]
    if not metrics and not diagnosis:
        message = "the quality gates could not be judged: there are no reports"
        return [Finding("quality", "unknown", message, RERUN)]
    return judge_gates(limits, task.gates, metrics, diagnosis)


def documents() -> Finding:
    """Check whether README.md, the model card and the report state what was measured."""
    name = "documents"
    try:
        outdated = find_outdated()
    except (UserError, LookupError, TypeError, ValueError):
        message = "the documents cannot be compared with the reports, which are incomplete"
        return Finding(name, "unknown", message, RERUN)
    if outdated:
        message = f"these do not match the results: {shorten(outdated)}"
        return Finding(name, "todo", message, f"{RERUN}, then commit what it wrote")
    return Finding(name, "ok", "the documents match the results")


def find_outdated() -> list[str]:
    """Return the documents whose facts differ from the reports'; raises UserError without them."""
    from ml_portfolio.reports.stage import outdated_documents  # brings Jinja along

    return [path.as_posix() for path in outdated_documents()]
