"""Values of params.yaml changed in place: its comments and its layout stay."""

import json
import re
from typing import Any

from ..errors import UserError
from .adoption import Setting

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ /-]*")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}


def put(text: str, setting: Setting) -> str:
    """Return the text of a YAML file in which a value, in one line, is another."""
    lines = text.splitlines()
    place = find(lines, setting.path.split("."))
    match = re.match(r"( *[^:]+:)[^#]*?( #.*)?$", lines[place])
    comment = f" # {setting.comment}" if setting.comment else (match and match[2]) or ""
    before = match[1] if match else ""
    lines[place] = f"{before} {as_yaml(setting.value)}{comment}"
    return "\n".join(lines) + "\n"


def drop(text: str, path: str) -> str:
    """Return the text without a key that stands in one line; the same where it has none."""
    lines = text.splitlines()
    try:
        del lines[find(lines, path.split("."))]
    except UserError:
        return text
    return "\n".join(lines) + "\n"


def find(lines: list[str], keys: list[str]) -> int:
    """The number of the line of a key, below those of the keys above it."""
    place = -1
    for depth, key in enumerate(keys):
        head = re.compile(rf"{'  ' * depth}{re.escape(key)}:( |$)")
        below = range(place + 1, len(lines))
        place = next((at for at in below if head.match(lines[at])), -1)
        if place < 0:
            name = ".".join(keys)
            raise UserError(f"params.yaml has no line '{name}' to set: restore it with git.")
    return place


def as_yaml(value: Any) -> str:
    """A value in one line, as YAML writes it."""
    if isinstance(value, dict):
        pairs = (f"{as_yaml(key)}: {as_yaml(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_yaml(each) for each in value)}]"
    if isinstance(value, str):
        plain = PLAIN.fullmatch(value) and value.strip() == value and value.lower() not in WORDS
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
