"""The report as one page that needs nothing else: figures and style are in it.

It asks no server for anything, so it opens from a disk, in a mail and on GitHub Pages alike.
"""

import base64
import html
import re
from pathlib import Path
from string import Template

from ..metrics import NAMES
from . import statements as say
from . import tables, weaknesses
from .captions import CAPTIONS
from .documents import reproduce
from .prose import Table, inline
from .results import Results
from .wording import number, remarks, unit

LAYOUT = Path(__file__).with_name("page.html")
WIDE, LARGE = 1.35, 1100  # a figure this much wider than high, or of so many dots, has a line alone
LEGIBLE = 0.36  # of a dot a CSS pixel: on a phone, a figure is scrolled before it gets smaller


def render(results: Results) -> str:
    """Return the page as HTML; parts of which nothing is known are left out."""
    parts = {name: "\n".join(filter(None, made)) for name, made in sections(results).items()}
    parts = {name: made for name, made in parts.items() if made}
    return Template(LAYOUT.read_text(encoding="utf-8")).substitute(
        title=html.escape(results.title),
        description=inline(results.project.get("description", "")),
        metric=html.escape(NAMES[results.metric]),
        value=number(results.metric, results.value),
        unit=html.escape(unit(results.metric, results)),
        strip=strip(results),
        headline=inline(say.headline(results)),
        gain=inline(f"{say.say_gain(results)} {say.say_meaning(results)}"),
        links="\n".join(f'<li><a href="#{anchor(name)}">{name}</a></li>' for name in parts),
        sections="\n".join(section(name, made) for name, made in parts.items()),
    )


def sections(results: Results) -> dict[str, list[str]]:
    """The parts of the page by their headings, in order."""
    return {
        "What is weak": [weak(results)],
        "How good it is": [
            table(tables.test_metrics(results)),
            bullets(remarks(results)),
            figures(results, "evaluate"),
        ],
        "For whom it is worse": [
            table(tables.slices(results)),
            table(tables.fairness(results)),
            figures(results, "diagnose"),
        ],
        "What it goes by": [figures(results, "explain"), table(tables.importance(results))],
        "Why this model": [paragraph(say.say_choice(results)), table(tables.candidates(results))],
        "Where it was wrong": [table(tables.mistakes(results))],
        "The data": [
            bullets(say.say_data(results)),
            table(tables.parts_of_the_data(results)),
            table(tables.drift(results)),
            table(tables.missing(results)),
        ],
        "How to get the same": [bullets(reproduce(results))],
    }


def section(name: str, made: str) -> str:
    mark = anchor(name)
    return f'<section aria-labelledby="{mark}">\n<h2 id="{mark}">{name}</h2>\n{made}\n</section>'


def anchor(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())


def paragraph(sentence: str) -> str:
    return f"<p>{inline(sentence)}</p>"


def bullets(sentences: list[str]) -> str:
    items = "\n".join(f"<li>{inline(said)}</li>" for said in sentences if said)
    return f"<ul>\n{items}\n</ul>" if items else ""


def table(of: Table) -> str:
    return of.as_html()


def weak(results: Results) -> str:
    """The weak points, ranked, each with what it could do to the main metric."""
    found = weaknesses.find(results)
    items = "\n".join(f"<li>{inline(weaknesses.say(results, one))}</li>" for one in found)
    how = inline(weaknesses.explain(results))
    return f'<p class="hint">{how}</p>\n<ol class="weak">\n{items}\n</ol>'


def figures(results: Results, stage: str) -> str:
    """The figures that a stage drew, in the order of their captions."""
    drawn = [
        figure(results, name)
        for name in CAPTIONS
        if name in results.figures and results.figures[name].parent.name == stage
    ]
    return '<div class="figures">\n' + "\n".join(drawn) + "\n</div>" if drawn else ""


def figure(results: Results, name: str) -> str:
    """One figure with the sentence that says what to see in it."""
    caption, content = CAPTIONS[name], results.figures[name].read_bytes()
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))  # of a PNG
    kind = ' class="wide"' if width > min(WIDE * height, LARGE) else ""
    region = f'role="region" tabindex="0" aria-label="{html.escape(caption.title)}"'
    return (
        f"<figure{kind}>\n"
        f'<div class="picture" {region}><img alt="{html.escape(caption.alt)}" width="{width}" '
        f'height="{height}" style="min-width: {LEGIBLE * width:.0f}px" '
        f'src="data:image/png;base64,{base64.b64encode(content).decode()}"></div>\n'
        f"<figcaption><strong>{html.escape(caption.title)}.</strong> "
        f"{inline(caption.says(results))}</figcaption>\n</figure>"
    )


def strip(results: Results) -> str:
    """A line with the baseline, the model and its interval on it, as a picture of the headline."""
    metric = results.metric
    ends = results.metrics["intervals"]["model"][metric]
    baseline = results.metrics["baseline"][metric]
    shown = [baseline, results.value, ends["low"], ends["high"]]
    least, most = min(shown), max(shown)

    def place(value: float) -> str:
        return f"{8 + 84 * (value - least) / (most - least or 1):.2f}"

    said = (
        f"The baseline at {number(metric, baseline)}, the model at "
        f"{number(metric, results.value)}, its interval from {say.between(results, metric, ends)}"
    )
    width = float(place(ends["high"])) - float(place(ends["low"]))
    return (
        f'<div class="strip" role="img" aria-label="{html.escape(said)}">'
        f'<span class="interval" style="left:{place(ends["low"])}%;width:{width:.2f}%"></span>'
        f'<span class="mark" style="left:{place(baseline)}%"><b>baseline</b></span>'
        f'<span class="mark model" style="left:{place(results.value)}%"><b>model</b></span></div>'
    )
