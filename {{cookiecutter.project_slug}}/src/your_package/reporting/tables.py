"""The tables that every document shares, made from the results."""

from ..metrics import NAMES
from .prose import NOTHING, Table, code, share, significant
from .results import Results
from .statements import between, value, where
from .wording import number, unit

MOST_SLICES = 10


def candidates(results: Results) -> Table:
    """What was tried: quality on held-out parts of the training data, and what it costs."""
    metric = results.metric
    head = ["candidate", f"{NAMES[metric]} (± spread)", "seconds to fit", "MB", "role"]
    rows = []
    for run in results.runs:
        chosen = run["chosen"] == "True"
        mean, spread = (as_number(run[f"{metric}_{of}"]) for of in ("mean", "std"))
        mark = "chosen" if chosen else "baseline" * (run["candidate"] == results.baseline_name)
        name = code(run["candidate"])
        rows.append(
            [
                f"**{name}**" if chosen else name,
                number(metric, mean) + ("" if spread is None else f" ± {number(metric, spread)}"),
                f"{float(run['fit_seconds']):,.1f}",
                f"{float(run['megabytes']):,.2f}",
                mark,
            ]
        )
    return Table(
        "What was tried, compared on the same held-out parts of the training data", head, rows
    )


def as_number(cell: str) -> float | None:
    return float(cell) if cell else None


def test_metrics(results: Results) -> Table:
    """Each metric on the test rows with its interval, beside the baseline."""
    intervals = results.metrics["intervals"]
    level = share(intervals["level"], 0)
    head = ["metric", "model", f"{level} interval", "baseline", f"gain ({level} interval)"]
    rows = []
    for metric, amount in results.metrics["model"].items():
        gain = intervals["gain"][metric]
        name, in_unit = NAMES[metric], unit(metric, results)
        rows.append(
            [
                (f"**{name}**" if metric == results.metric else name)
                + (f", {in_unit}" if in_unit else ""),
                number(metric, amount),
                between(results, metric, intervals["model"][metric]),
                number(metric, results.metrics["baseline"][metric]),
                f"{number(metric, gain['value'])} ({between(results, metric, gain)})",
            ]
        )
    title = f"On {results.rows:,} test rows; a gain above 0 is better than the baseline"
    return Table(title, head, rows)


def slices(results: Results, most: int = MOST_SLICES) -> Table:
    """The worst groups of test rows first."""
    metric = results.metric
    head = ["rows where", "count", f"{NAMES[metric]}", "95 % interval", "against all"]
    rows = [
        [
            where(part) + (" (sensitive)" if part["sensitive"] else ""),
            f"{part['rows']:,}",
            number(metric, part["value"]),
            between(results, metric, part),
            "worse" if part["worse"] else "",
        ]
        for part in results.diagnosis["slices"][:most]
    ]
    title = f"The worst groups of test rows; of all {results.rows:,} it is "
    return Table(title + value(results, metric, results.value), head, rows)


def fairness(results: Results) -> Table:
    """How the groups of each sensitive column are treated."""
    second = code(results.labels[-1]) if results.labels else ""
    words = {
        "selection_rate": f"called {second}",
        "true_positive_rate": "found of those that are",
        "false_positive_rate": "called so of those that are not",
        "accuracy": "answered rightly",
        "mean_error": "too high on average by",
        "mean_absolute_error": "off on average by",
    }
    measured = results.diagnosis["fairness"]
    told = [name for name in words if any(name in found for found in measured)]
    rows = [
        [
            f"{code(found['column'])} is {code(group)}",
            *(show_treatment(results, name, found[name].get(group)) for name in told),
        ]
        for found in measured
        for group in found[told[0]]
    ]
    title = "How the groups of sensitive columns are treated"
    return Table(title, ["rows where", *(words[name] for name in told)], rows)


def show_treatment(results: Results, name: str, figure: float | None) -> str:
    return share(figure) if name.endswith(("rate", "accuracy")) else value(results, "mae", figure)


def importance(results: Results, most: int = 10) -> Table:
    metric = results.metric
    rows = [
        [
            code(one["feature"]),
            number(metric, one["value"]),
            "" if one.get("spread") is None else f"± {number(metric, one['spread'])}",
        ]
        for one in results.explanation.get("features", [])[:most]
    ]
    title = f"By how much {NAMES[metric]} suffers when a feature is shuffled among the test rows"
    return Table(title, ["feature", "loss", "spread"], rows)


def mistakes(results: Results) -> Table:
    """The surest wrong answers, or the largest errors, and what was asked."""
    found = results.diagnosis["mistakes"]
    sure = any("confidence" in one for one in found)
    rows = [
        [
            f"{one['row']}",
            code(say_answer(one["truth"])),
            code(say_answer(one["said"])),
            share(one["confidence"]) if sure else value(results, "mae", abs(one["error"])),
            ", ".join(f"{key}: {code(asked)}" for key, asked in one.get("request", {}).items()),
        ]
        for one in found
    ]
    head = ["test row", "truth", "answer", "confidence" if sure else "error", "what was asked"]
    title = "The wrong answers that the model was surest of" if sure else "The largest errors"
    return Table(title, head, rows, words=len(head))


def say_answer(answer: object) -> str:
    return f"{answer:,.4g}" if isinstance(answer, int | float) else str(answer)


def parts_of_the_data(results: Results) -> Table:
    """How many rows each split has, and how its target is shared out."""
    splits, targets = results.profile["splits"], results.diagnosis.get("labels") or {}
    told = share if results.labels else significant  # shares of classes, or moments of a number
    shown = dict.fromkeys(label for part in targets.values() for label in part)
    rows = [["rows", *(f"{count:,}" for count in splits.values())]]
    for label in shown:
        name = code(label) if results.labels else label
        rows.append([name, *(told(targets.get(split, {}).get(label)) for split in splits)])
    return Table(f"The splits, and {code(results.target)} in each", ["split", *splits], rows)


def drift(results: Results, most: int = 5) -> Table:
    rows = [
        [
            code(one["trait"]),
            f"{one['psi']:.3f}",
            NOTHING if one["ks"] is None else f"{one['ks']:.3f}",
        ]
        for one in results.diagnosis["drift"][:most]
    ]
    head = ["trait", "population stability index", "Kolmogorov-Smirnov"]
    return Table("What changed most from training to test rows (0: nothing)", head, rows)


def missing(results: Results) -> Table:
    """Columns with missing values, most first."""
    columns = results.profile["train"].get("columns", {})
    shares = {name: about.get("missing_share") or 0 for name, about in columns.items()}
    rows = [
        [code(name), share(part)]
        for name, part in sorted(shares.items(), key=lambda item: -item[1])
        if part
    ]
    return Table("Missing values in the training rows", ["column", "missing"], rows)
