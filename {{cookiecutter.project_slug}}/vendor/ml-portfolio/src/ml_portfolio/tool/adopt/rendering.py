"""The files that `adopt` writes, from the folder templates; values are written as YAML."""

import json
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ ./-]*")
KEYWORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}


def render(name: str, **facts: Any) -> str:
    """Return the text of a template with the facts in it."""
    templates = Environment(
        loader=PackageLoader(__package__),
        autoescape=False,  # noqa: S701 (YAML and Markdown, not HTML)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["yaml"] = as_yaml
    return templates.get_template(name).render(facts)


def as_yaml(value: Any) -> str:
    """Return a value in one line of YAML."""
    if isinstance(value, dict):
        pairs = (f"{as_yaml(key)}: {as_yaml(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_yaml(each) for each in value)}]"
    if isinstance(value, str):
        plain = PLAIN.fullmatch(value) and value.strip() == value and value.lower() not in KEYWORDS
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
