"""The facts of each document, by the name of the block they are written into (see facts.py)."""

import html
from pathlib import Path
from typing import Any

from ml_portfolio.AMBIGUOUS.metrics import NAMES
from ml_portfolio.reports import statements as say
from ml_portfolio.reports import tables, weaknesses
from ml_portfolio.AMBIGUOUS.reporting.captions import CAPTIONS, FIRST
from ml_portfolio.reports.prose import Table, bullets, code, names, plain, sentence, share, significant
from ml_portfolio.reports.results import README, Results
from ml_portfolio.AMBIGUOUS.reporting.wording import meaning, remarks

CARD = Path("reports/model_card.md")
DATASHEET = Path("data/README.md")
WEAKEST = 5  # points named in README; the page has all
ALONE = 600  # pixels across of a figure that stands alone


def readme(results: Results) -> dict[str, str]:
    """What a reader with four minutes wants to know, the most telling first."""
    return {
        "result": paragraphs(
            f"**{say.headline(results)}**",
            f"{say.say_gain(results)} {say.say_meaning(results)}",
        ),
        "metrics": paragraphs(table(tables.test_metrics(results)), bullets(remarks(results))),
        "figures": figures(results),
        "candidates": paragraphs(say.say_choice(results), table(tables.candidates(results))),
        "weak": weak(results, WEAKEST),
        "data": bullets(say.say_data(results)),
        "reproduce": bullets(reproduce(results)),
    }


def card(results: Results) -> dict[str, str]:
    """The facts of a model card, section by section (Mitchell et al. 2019)."""
    groups = dict.fromkeys(part["by"] for part in results.diagnosis["slices"])
    sensitive = dict.fromkeys(p["by"] for p in results.diagnosis["slices"] if p["sensitive"])
    splits = results.profile["splits"]
    by = (
        f"measured apart for groups of rows by {names(groups)}"
        if groups
        else "groups of rows were not measured apart"
    )
    marked = (
        f"marked as sensitive: {names(sensitive)}"
        if sensitive
        else "no column is marked as sensitive"
    )
    return {
        "details": bullets(details(results)),
        "factors": bullets([sentence(by), sentence(marked)]),
        "metrics": bullets([*explain_metrics(results), *remarks(results)]),
        "evaluation": paragraphs(
            sentence(
                f"{splits['test']:,} test rows of {plain(results.source['title'])}, set aside "
                "before anything was learnt"
            ),
            table(tables.drift(results)),
        ),
        "training": paragraphs(
            sentence(
                f"{splits['train']:,} training rows of the same data, and {splits['validation']:,} "
                "for validation",
                "[data/README.md](../data/README.md) is their datasheet",
            ),
            table(tables.parts_of_the_data(results)),
        ),
        "analyses": paragraphs(
            table(tables.test_metrics(results)),
            table(tables.slices(results)),
            table(tables.fairness(results)),
            "Groups by two columns at once were not measured.",
        ),
        "caveats": weak(results),
    }


def datasheet(results: Results) -> dict[str, str]:
    """What the pipeline counted in the data."""
    return {
        "counts": paragraphs(
            bullets(say.say_data(results)[1:-1]),
            table(tables.parts_of_the_data(results)),
            table(tables.missing(results)),
            f"sha256 of the raw data: {code(results.profile['sha256'])}.",
        )
    }


DOCUMENTS = {README: readme, CARD: card, DATASHEET: datasheet}


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def table(of: Table) -> str:
    """A table below its title; nothing where it has no rows."""
    return f"{of.title}:\n\n{of.as_markdown()}" if of.rows else ""


def figures(results: Results) -> str:
    """Two figures side by side with a sentence each, and below them what the model goes by."""
    beside = [name for name in FIRST if name in results.figures]
    below = [name for name, path in results.figures.items() if path.parent.name == "explain"]
    pairs = Table(
        "",
        [CAPTIONS[name].title for name in beside],
        list(zip(*((picture(results, name), told(results, name)) for name in beside), strict=True)),
        words=len(beside),
    )
    alone = (paragraphs(picture(results, name, ALONE), told(results, name)) for name in below)
    return paragraphs(pairs.as_markdown(), *alone)


def told(results: Results, name: str) -> str:
    return CAPTIONS[name].says(results)


def picture(results: Results, name: str, width: int | None = None) -> str:
    """A figure, no wider than its letters need; in a table it is as wide as fits."""
    size = f' width="{width}"' if width else ""
    path, alt = results.figures[name].as_posix(), html.escape(CAPTIONS[name].alt)
    return f'<img src="{path}" alt="{alt}"{size}>'


def weak(results: Results, most: int | None = None) -> str:
    """The weak points, numbered; what could change the result most first."""
    found = [weaknesses.say(results, one) for one in weaknesses.find(results)[:most]]
    listed = "\n".join(f"{place}. {said}" for place, said in enumerate(found, 1))
    return paragraphs(weaknesses.explain(results), listed)


def explain_metrics(results: Results) -> list[str]:
    level = share(results.metrics["intervals"]["level"], 0)
    return [
        *(
            sentence(f"{NAMES[name]}: {meaning(name, results)}")
            for name in results.metrics["model"]
        ),
        f"Intervals ({level}) are of the bootstrap over test rows; candidates were compared by the "
        f"{NAMES[results.metric]} ({plain(results.metrics['over']['test'])}).",
    ]


def details(results: Results) -> list[str]:
    """Who made which model, from what, in which version."""
    project, exported = results.project, results.exported
    makers = ", ".join(plain(one.get("name", "")) for one in project.get("authors", []))
    kind = f"one of {names(results.labels)}" if results.labels else "a number"
    return [
        f"Made by {makers}." if makers else "",
        f"Version {plain(project['version'])} of {code(project['name'])}.",
        f"{code(results.metrics['candidate'])}, which predicts {code(results.target)}: {kind}.",
        f"Settings: `train.candidates.{results.metrics['candidate']}` in "
        "[params.yaml](../params.yaml).",
        f"Served as ONNX, {exported['megabytes']:g} MB, {plain(exported['graph'])}. "
        f"{agreement(exported)}.",
        "Code under the terms of [LICENSE](../LICENSE).",
    ]


def reproduce(results: Results) -> list[str]:
    """What the numbers hang on, and how long they take."""
    seconds = sum(float(run["fit_seconds"]) for run in results.runs)
    return [
        f"The raw data have the sha256 {code(results.profile['sha256'])}; another file is refused.",
        "`uv.lock` holds the version of every library, `params.yaml` every setting and seed, and "
        "`dvc.lock` which data, code and settings made which result.",
        f"Fitting each candidate once takes {significant(seconds)} seconds on the machine that "
        "wrote this.",
        f"Served is that model as ONNX, {results.exported['megabytes']:g} MB. "
        f"{agreement(results.exported)}.",
    ]


def agreement(exported: dict[str, Any]) -> str:
    """Whether what is served answers as what was tested."""
    rows, others = exported["rows"], exported["other_answers"]
    same = f"{rows - others:,} of {rows:,}" if others else f"all {rows:,}"
    gap = f"largest difference {exported['largest_gap']:.1g}"
    return f"On {same} test rows it answers as the trained model does ({gap})"
