"""The results: are they there, better than the baseline, within the gates, and in the documents?"""

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import load_project, load_section
from ml_portfolio.config.paths import METRICS
from ml_portfolio.tool.check.findings import RERUN, Content, Finding, Findings, shorten
from ml_portfolio.tool.check.gates import LIMITS, judge


def baseline(metrics: Content) -> Finding:
    """Check whether the model is better than the baseline by more than chance."""
    try:
        metric = metrics["metric"]
        model, simple = metrics["model"][metric], metrics["baseline"][metric]
        message = f"the {metric} of {metrics['candidate']} is {model:.4g}, "
        message += f"that of the baseline ({metrics['baseline_candidate']}) is {simple:.4g}"
        low = metrics["intervals"]["gain"][metric]["low"]
    except (KeyError, TypeError, ValueError):
        message = f"there is no result: {METRICS.as_posix()} is missing, damaged or incomplete"
        return Finding("unknown", message, RERUN)
    if low > 0:
        return Finding("ok", f"{message}: better by more than chance")
    message += f": the gain may be chance, as its interval begins at {low:.2g}"
    advice = "Try better features or more data, or present the baseline as your result."
    return Finding("todo", message, advice)


def quality_gates(metrics: Content, diagnosis: Content) -> Findings:
    """Judge the reports by each gate of params.yaml."""
    try:
        limits = load_section("quality", LIMITS[load_project().task])
    except UserError as error:
        return {"quality": Finding("todo", str(error), "Without gates, any result would pass.")}
    return {name: judge(name, limit, metrics, diagnosis) for name, limit in limits}


def documents() -> Finding:
    """Check whether README.md, the model card and the report state what was measured."""
    try:
        outdated = find_outdated()
    except (UserError, LookupError, TypeError, ValueError):
        message = "the documents cannot be compared with the reports, which are incomplete"
        return Finding("unknown", message, RERUN)
    if outdated:
        message = f"these do not match the results: {shorten(outdated)}"
        return Finding("todo", message, f"{RERUN}, then commit what it wrote")
    return Finding("ok", "the documents match the results")


def find_outdated() -> list[str]:
    """Return the documents whose facts differ from the reports'; raises UserError without them."""
    from ml_portfolio.reports.stage import outdated_documents  # brings Jinja along

    return [path.as_posix() for path in outdated_documents()]
