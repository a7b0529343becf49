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
from typing import ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined, UndefinedError, pass_context
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.runtime import Macro
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

    code: ClassVar[dict[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.code


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
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        bytecode_cache=Compiled(),
        # In context: else constants would be escaped before they are finalized.
        finalize=pass_context(lambda context, value: finalize(value)),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {name: each for name, each in vars(formatting).items() if isfunction(each)}
    made.filters |= {"code": Code, "base64": lambda content: base64.b64encode(content).decode()}
    made.globals |= {"markup": markup, "tables": tables, "last_rise": last_rise}
    return made


def render_page(results: Results) -> str:
    """Return the report as one HTML page; parts of which nothing is known are left out."""
    context = {"r": results, "weaknesses": find_weaknesses(results)}
    return environment("html.j2", as_html).get_template("page.html.j2").render(context) + "\n"


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
        raise UserError(f"reports/ is incomplete ({error}): run 'uv run dvc repro'.") from error
    known = [path for path in facts if path in texts]
    filled = {path: fill(texts[path], facts[path], path.as_posix()) for path in known}
    return {**filled, PAGE: page}


def out_of_date(results: Results, texts: Mapping[Path, str]) -> list[Path]:
    """Return the documents that do not state the results, the page among them."""
    return [path for path, text in render_all(results, texts).items() if texts.get(path) != text]
