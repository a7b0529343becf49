"""Documents and page, made of the results by the templates.

Sentences are written once and filled in twice: as Markdown and as HTML. In both, every value is
escaped on its way out, so that no name or text of the data is read as markup.
"""

import base64
import re
from collections.abc import Callable, Mapping
from inspect import isfunction
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    PackageLoader,
    StrictUndefined,
    UndefinedError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.paths import PAGE, README
from ml_portfolio.reports import formatting, tables
from ml_portfolio.reports.facts import fill
from ml_portfolio.reports.formatting import Code, one_line
from ml_portfolio.reports.results import Results
from ml_portfolio.reports.weaknesses import find_weaknesses, last_rise

TEMPLATES = {
    README: "readme.md.j2",
    Path("reports/model_card.md"): "model_card.md.j2",
    Path("data/README.md"): "datasheet.md.j2",
}
# What Markdown may read as markup in the middle of a line; underscores within a word are none.
MARKUP = re.compile(r"[\\`*\[\]<|]|(?<!/)~|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
NOT_IN_CODE = re.compile(r"[`|]|<!--")  # would end a code span or a cell, or begin a comment


class Compiled(BytecodeCache):
    """The code of the templates, which is the same for all markups: compiling takes longest."""

    def __init__(self) -> None:
        self.code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.code[bucket.key] = bucket.code


COMPILED = Compiled()


def as_html(value: object) -> object:
    """Return a value for HTML, which the environment escapes where it is not markup already."""
    if isinstance(value, Code):
        text = one_line(value)
        return Markup("<code>{}</code>").format(text) if text else "(empty)"  # noqa: S704
    return value


def as_markdown(value: object) -> object:
    """Return a value for one line of Markdown, where none of its letters is a sign."""
    if hasattr(value, "__html__"):
        return value
    if not isinstance(value, Code):
        return Markup(MARKUP.sub(character_reference, re.sub(r"\s+", " ", str(value))))  # noqa: S704
    text = one_line(value)
    if not text:
        return "(empty)"
    if NOT_IN_CODE.search(text):
        quoted = re.sub(r"[^\w\s]|_", character_reference, text)
        return Markup(f"<code>{quoted}</code>")  # noqa: S704
    return Markup(f"`{text}`")  # noqa: S704


def character_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def environment(markup: str, finalize: Callable[[object], object]) -> Environment:
    """Return the templates in one markup; `finalize` makes each value a part of it."""

    @pass_context  # else constants would be escaped before they are finalized
    def finalize_in_context(context: Context, value: object) -> object:
        return finalize(value)

    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        bytecode_cache=COMPILED,
        finalize=finalize_in_context,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {name: each for name, each in vars(formatting).items() if isfunction(each)}
    made.filters |= {"code": Code, "base64": lambda content: base64.b64encode(content).decode()}
    made.globals |= {
        "markup": markup,
        "tables": tables,
        "last_rise": last_rise,
        "count_idle": count_idle,
        "strongest_word": strongest_word,
    }
    return made


def count_idle(features: list[dict[str, Any]]) -> int:
    """Count the features whose importance is no more than the spread of its measurements."""
    return sum(one["value"] <= (one.get("spread") or 0) for one in features)


def strongest_word(examples: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the word with the largest effect, with its text's `truth` and `predicted`."""
    words = [{**example, **word} for example in examples for word in example["words"]]
    return max(words, key=lambda one: float(one["effect"]), default=None)


def render_page(results: Results) -> str:
    """Return the report as one HTML page; parts of which nothing is known are left out."""
    context = {
        "r": results,
        "weaknesses": find_weaknesses(results),
        "line": number_line(results),
    }
    return environment("html.j2", as_html).get_template("page.html.j2").render(context) + "\n"


def number_line(results: Results) -> dict[str, float]:
    """Return where baseline, model and its interval are on a line, in percent of its width."""
    ends = results.metrics["intervals"]["model"][results.metric]
    baseline = results.metrics["baseline"][results.metric]
    values = {
        "baseline": baseline,
        "model": results.value,
        "low": ends["low"],
        "high": ends["high"],
    }
    least, most = min(values.values()), max(values.values())
    return {name: 8 + 84 * (value - least) / (most - least or 1) for name, value in values.items()}


def documents(results: Results) -> dict[Path, dict[str, str]]:
    """Return the facts of each document in Markdown, by the name of the block they stand in."""
    context = {"r": results, "weaknesses": find_weaknesses(results)}
    templates = environment("markdown.j2", as_markdown)
    facts = {}
    for path, name in TEMPLATES.items():
        module = templates.get_template(name).make_module(context)
        macros = sorted(vars(module).items())
        facts[path] = {name: tidy(macro()) for name, macro in macros if isinstance(macro, Macro)}
    return facts


def tidy(markdown: str) -> str:
    """Return Markdown with at most one blank line between its parts."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", str(markdown), flags=re.M)).strip()


def render_all(results: Results, texts: Mapping[Path, str]) -> dict[Path, str]:
    """Return the page, and each document whose text is known with its blocks filled in.

    Raises UserError where the results lack something, or a marker of a document is broken.
    """
    try:
        page, facts = render_page(results), documents(results)
    except (LookupError, TypeError, ValueError, UndefinedError) as error:
        message = f"reports/ is incomplete ({error}): run 'uv run dvc repro'."
        raise UserError(message) from error
    filled = {
        path: fill(texts[path], blocks, path.as_posix())
        for path, blocks in facts.items()
        if path in texts
    }
    return {**filled, PAGE: page}


def out_of_date(results: Results, texts: Mapping[Path, str]) -> list[Path]:
    """Return the documents that do not state the results, the page among them."""
    return [path for path, text in render_all(results, texts).items() if texts.get(path) != text]
