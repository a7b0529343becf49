"""The rows of the tables that documents and page share."""

from collections.abc import Sequence
from dataclasses import dataclass

from ml_portfolio.reports.formatting import (
    NO_NUMBER,
    Code,
    capitalized,
    decimals,
    percent,
    significant,
    thousands,
)
from ml_portfolio.reports.results import Results

Cell = str | tuple[str, ...]  # in parts where it holds names of the data
LONG, NARROW = 60, 40  # letters in a cell that needs room, and in a row that needs little
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

    def is_long(self, column: int) -> bool:
        return max(len("".join(row[column])) for row in self.rows) > LONG

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for something beside it."""
        columns = zip(*self.rows, strict=True)
        return sum(max(len("".join(cell)) for cell in column) for column in columns) < NARROW


def candidates(results: Results) -> Table:
    """What was tried: quality on held-out parts of the training data, and costs."""
    mean, spread = f"{results.metric}_mean", f"{results.metric}_std"
    roles = {results.metrics["baseline_candidate"]: "baseline", results.metrics["candidate"]: "chosen"}
    folds = results.metrics["choice"]["folds"] > 1
    rows = [
        [
            Code(run["candidate"]),
            roles.get(run["candidate"], ""),
            results.number(float(run[mean]))
            + (f" ± {results.number(float(run[spread]))}" if run[spread] else ""),
            f"{float(run['fit_seconds']):,.1f}",
            f"{float(run['megabytes']):,.2f}",
        ]
        for run in results.runs
    ]
    title, unit = results.describe().title, results.unit()
    metric = title + (f", {unit}" if unit else "") + (" (± std over folds)" if folds else "")
    chosen = [row[1] for row in rows].index("chosen")
    head = ["candidate", "role", metric, "seconds to fit", "MB"]
    return Table("Candidates, all compared on the same held-out rows", head, rows, 2, chosen)


def test_metrics(results: Results) -> Table:
    """Each metric on the test rows with its interval, beside the baseline."""
    intervals, level = results.metrics["intervals"], results.level
    head = ["metric", "model", f"{level} interval", "baseline", f"gain ({level} interval)"]
    rows = []
    for metric, value in results.metrics["model"].items():
        gain, unit = intervals["gain"][metric], results.unit(metric)
        rows.append(
            [
                results.describe(metric).title + (f", {unit}" if unit else ""),
                results.number(value, metric),
                results.between(intervals["model"][metric], metric),
                results.number(results.metrics["baseline"][metric], metric),
                f"{results.number(gain['value'], metric)} ({results.between(gain, metric)})",
            ]
        )
    main = list(results.metrics["model"]).index(results.metric)
    count = f"{results.rows:,} test {results.words.examples}"
    title = f"Metrics on {count}; a gain above 0 is better than the baseline"
    return Table(title, head, rows, highlighted=main)


def slices(results: Results, count: int = 10) -> Table:
    """The worst groups of test rows first."""
    head = ["group", "count", results.describe().title, f"{results.level} interval", ""]
    rows: list[list[Cell]] = [
        [
            (*group_name(part["by"], part["group"]), " (sensitive)" if part["sensitive"] else ""),
            thousands(part["rows"]),
            results.number(part["value"]),
            results.between(part),
            "worse than chance explains" if part["worse"] else "",
        ]
        for part in results.diagnosis["slices"][:count]
    ]
    examples, value = results.words.examples, results.amount(results.value)
    return Table(f"The weakest groups of test {examples}; on all it is {value}", head, rows)


def group_name(column: object, group: object) -> tuple[str, str, str]:
    return Code(column), " is ", Code(group)


def fairness(results: Results) -> Table:
    """How the model treats the groups of each sensitive column."""
    measured = results.diagnosis["fairness"]
    rates = [name for name in TREATMENTS if any(name in found for found in measured)]
    rows: list[list[Cell]] = [
        [
            group_name(found["column"], group),
            *(treatment(results, name, found[name].get(group)) for name in rates),
        ]
        for found in measured
        for group in found[rates[0]]
    ]
    positive = Code(results.labels[-1]) if results.labels else ""
    named = {"{positive}": positive}
    head = [tuple(named.get(part, part) for part in TREATMENTS[name]) for name in rates]
    return Table("Groups of sensitive columns", ["group", *head], rows)


def treatment(results: Results, name: str, value: float | None) -> str:
    return percent(value) if name.endswith(("rate", "accuracy")) else results.amount(value, "mae")


def importance(results: Results, count: int = 10) -> Table:
    """The features whose shuffling makes the main metric worse, and by how much."""
    rows = [
        [
            Code(one["feature"]),
            results.number(one["value"]),
            "" if one.get("spread") is None else f"± {results.number(one['spread'])}",
        ]
        for one in results.explanation.get("features", [])[:count]
    ]
    title = f"{capitalized(results.describe().title)} lost when a feature is shuffled"
    return Table(title, ["feature", "loss", "std"], rows)


def mistakes(results: Results) -> Table:
    """The most confident wrong predictions or the largest errors, and the requests."""
    found = results.diagnosis["mistakes"]
    classes = bool(results.labels)
    rows: list[list[Cell]] = [
        [
            str(one["row"]),
            Code(prediction(one["truth"])),
            Code(prediction(one["predicted"])),
            percent(one["confidence"]) if classes else results.amount(abs(one["error"]), "mae"),
            tuple(
                part
                for key, value in one.get("request", {}).items()
                for part in (f"{key}: ", Code(value), " ")
            ),
        ]
        for one in found
    ]
    measure = "confidence" if classes else "error"
    head = [f"test {results.words.example}", "actual", "predicted", measure, "request"]
    title = "The most confident mistakes" if classes else "The largest errors"
    return Table(title, head, rows, words=len(head))


def prediction(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, int | float) else str(value)


def splits(results: Results) -> Table:
    """How many rows each split has, and the distribution of the target in it."""
    counts, targets = results.profile["splits"], results.diagnosis.get("labels") or {}
    rows: list[list[Cell]] = [["count", *map(thousands, counts.values())]]
    for label in dict.fromkeys(label for part in targets.values() for label in part):
        values = [targets.get(split, {}).get(label) for split in counts]
        if results.labels:
            rows.append([(f"{results.target} is ", Code(label)), *map(percent, values)])
        else:
            rows.append([f"{label} of {results.target}", *map(significant, values)])
    return Table("The splits and the target in each", ["", *counts], rows)


def drift(results: Results, count: int = 5) -> Table:
    rows = [
        [
            Code(one["trait"]),
            decimals(one["psi"]),
            decimals(one["by_chance"]),
            NO_NUMBER if one["ks"] is None else decimals(one["ks"]),
        ]
        for one in results.diagnosis["drift"][:count]
    ]
    head = ["feature", "population stability index", "up to, by chance", "Kolmogorov-Smirnov"]
    return Table("Drift from training to test split, largest first (0: none)", head, rows)


def missing(results: Results) -> Table:
    """Columns with missing values, most first."""
    columns = results.profile["train"].get("columns", {})
    shares = {name: column.get("missing_share") or 0 for name, column in columns.items()}
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    rows = [[Code(name), percent(share)] for name, share in ordered if share]
    return Table("Missing values in the training split", ["column", "missing"], rows)
