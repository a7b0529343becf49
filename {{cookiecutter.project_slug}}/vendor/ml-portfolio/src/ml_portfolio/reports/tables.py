"""The rows of the tables that documents and page share."""

from collections.abc import Sequence
from dataclasses import dataclass

from ml_portfolio.reports import formatting as text
from ml_portfolio.reports.formatting import Code
from ml_portfolio.reports.results import Results

Cell = str | tuple[str, ...]  # in parts where it holds names of the data
TREATMENTS = {  # of the groups of a sensitive column; {positive} is the second class
    "selection_rate": ("predicted as ", "{positive}"),
    "true_positive_rate": ("found of those that are ", "{positive}"),
    "false_positive_rate": ("wrongly predicted as ", "{positive}"),
    "accuracy": ("predicted correctly",),
    "mean_error": ("mean error (above 0: too high)",),
    "mean_absolute_error": ("mean absolute error",),
}


@dataclass(frozen=True)
class Table:
    """Cells of text; all columns but the first `words` hold numbers and are right-aligned."""

    title: str
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    words: int = 1
    highlighted: int | None = None  # the row that stands out


def candidates(results: Results) -> Table:
    """What was tried: quality on held-out parts of the training data, and costs."""
    chosen, baseline = results.metrics["candidate"], results.metrics["baseline_candidate"]
    roles = {baseline: "baseline", chosen: "chosen"}
    rows = []
    for run in results.runs:
        mean, std = (run[f"{results.metric}_{name}"] for name in ("mean", "std"))
        value = results.number(float(mean)) + (f" ± {results.number(float(std))}" if std else "")
        costs = f"{float(run['fit_seconds']):,.1f}", f"{float(run['megabytes']):,.2f}"
        rows.append([Code(run["candidate"]), roles.get(run["candidate"], ""), value, *costs])
    spread = " (± std over folds)" if results.metrics["choice"]["folds"] > 1 else ""
    head = ["candidate", "role", results.metric_in_unit() + spread, "seconds to fit", "MB"]
    title = f"Candidates, compared on the same held-out {results.words.examples}"
    return Table(title, head, rows, 2, [row[1] for row in rows].index("chosen"))


def metrics(results: Results) -> Table:
    """Each metric on the test rows with its interval, beside the baseline."""
    intervals, level = results.metrics["intervals"], results.level
    head = ["metric", "model", f"{level} interval", "baseline", f"gain ({level} interval)"]
    rows = []
    for metric, value in results.metrics["model"].items():
        baseline, gain = results.metrics["baseline"][metric], intervals["gain"][metric]
        model, simple, more = (results.number(v, metric) for v in (value, baseline, gain["value"]))
        between = results.between(intervals["model"][metric], metric)
        gained = f"{more} ({results.between(gain, metric)})"
        rows.append([results.metric_in_unit(metric), model, between, simple, gained])
    main = list(results.metrics["model"]).index(results.metric)
    test = f"{results.rows:,} test {results.words.examples}"
    title = f"Metrics on {test}; a gain above 0 is better than the baseline"
    return Table(title, head, rows, highlighted=main)


def slices(results: Results, count: int = 10) -> Table:
    """The worst groups of test rows first."""
    interval = f"{results.level} interval"
    head = ["group", "count", results.describe().title, interval, "beyond chance"]
    rows: list[list[Cell]] = []
    for part in results.diagnosis["slices"][:count]:
        sensitive = " (sensitive)" if part["sensitive"] else ""
        group = (*group_name(part["by"], part["group"]), sensitive)
        value, verdict = results.number(part["value"]), "yes" if part["worse"] else "no"
        rows.append([group, text.thousands(part["rows"]), value, results.between(part), verdict])
    examples, overall = results.words.examples, results.amount(results.value)
    return Table(f"The weakest groups of test {examples}; on all it is {overall}", head, rows)


def group_name(column: object, group: object) -> tuple[str, str, str]:
    return Code(column), " is ", Code(group)


def fairness(results: Results) -> Table:
    """How the model treats the groups of each sensitive column."""
    measured = results.diagnosis["fairness"]
    rates = [name for name in TREATMENTS if any(name in found for found in measured)]
    rows: list[list[Cell]] = []
    for found in measured:
        for group in found[rates[0]]:
            values = [treatment(results, name, found[name].get(group)) for name in rates]
            rows.append([group_name(found["column"], group), *values])
    names = {"{positive}": Code(results.labels[-1]) if results.labels else ""}
    head = [tuple(names.get(part, part) for part in TREATMENTS[name]) for name in rates]
    return Table("Groups of sensitive columns", ["group", *head], rows)


def treatment(results: Results, name: str, value: float | None) -> str:
    if name.endswith(("rate", "accuracy")):
        return text.percent(value)
    return results.amount(value, "mae")


def importance(results: Results, count: int = 10) -> Table:
    """The features whose shuffling makes the main metric worse, and by how much."""
    rows = []
    for one in results.explanation.get("features", [])[:count]:
        spread = "" if one.get("spread") is None else f"± {results.number(one['spread'])}"
        rows.append([Code(one["feature"]), results.number(one["value"]), spread])
    title = f"{text.capitalized(results.describe().title)} lost when a feature is shuffled"
    return Table(title, ["feature", "loss", "std"], rows)


def mistakes(results: Results) -> Table:
    """The most confident wrong predictions or the largest errors, and the requests."""
    classes = bool(results.labels)
    rows: list[list[Cell]] = []
    for one in results.diagnosis["mistakes"]:
        values = [Code(prediction(one[name])) for name in ("truth", "predicted")]
        error = text.percent(one["confidence"]) if classes else results.amount(one["error"], "mae")
        request: list[str] = []
        for key, value in one.get("request", {}).items():
            request += [f"{', ' if request else ''}{key}: ", Code(value)]
        rows.append([str(one["row"]), *values, error, tuple(request)])
    measure = "confidence" if classes else "error"
    head = [f"test {results.words.example}", "actual", "predicted", measure, "request"]
    title = "The most confident mistakes" if classes else "The largest errors"
    return Table(title, head, rows, words=len(head))


def prediction(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, int | float) else str(value)


def splits(results: Results) -> Table:
    """How many rows each split has, and the distribution of the target in it."""
    counts, targets = results.profile["splits"], results.diagnosis.get("labels") or {}
    rows: list[list[Cell]] = [["count", *map(text.thousands, counts.values())]]
    for label in dict.fromkeys(label for part in targets.values() for label in part):
        values = [targets.get(split, {}).get(label) for split in counts]
        if results.labels:
            rows.append([(f"{results.target} is ", Code(label)), *map(text.percent, values)])
        else:
            rows.append([f"{label} of {results.target}", *map(text.significant, values)])
    return Table("The splits and the target in each", ["split", *counts], rows)


def drift(results: Results, count: int = 5) -> Table:
    """The features whose distribution changed most between training and test rows."""
    rows = [
        [Code(one["trait"]), *(text.decimals(one[name]) for name in ("psi", "by_chance", "ks"))]
        for one in results.diagnosis["drift"][:count]
    ]
    head = ["feature", "population stability index", "up to, by chance", "Kolmogorov-Smirnov"]
    return Table("Drift from training to test split, largest first (0: none)", head, rows)


def missing(results: Results) -> Table:
    """Columns with missing values, most first."""
    columns = results.profile["train"].get("columns", {})
    shares = {name: column.get("missing_share") or 0 for name, column in columns.items()}
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    rows = [[Code(name), text.percent(share)] for name, share in ordered if share]
    return Table("Missing values in the training split", ["column", "missing"], rows)
