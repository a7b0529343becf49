"""Values of params.yaml changed in place: its comments and its layout stay."""

import json
import re
from typing import Any

from ruamel.yaml import YAML

from ..errors import UserError
from .adoption import Setting

KEY = re.compile(r"((?:  )*)([^\s#:]+):(?: |$)")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ /-]*")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}


def put(text: str, setting: Setting) -> str:
    """Return the text of a YAML file in which a value, in one line, is another.

    Of a mapping only the keys that the setting names change. A candidate that the owner took out
    stays out; raises UserError for any other key that is not there.
    """
    lines = text.splitlines()
    place = find(lines, setting.path.split("."))
    if place is None:
        if setting.path.startswith("train.candidates."):
            return text
        raise UserError(f"params.yaml has no line '{setting.path}' to set: restore it with git.")
    lines[place : place + 1] = [] if setting.drop else [changed(lines[place], setting)]
    return "\n".join(lines) + "\n"


def changed(line: str, setting: Setting) -> str:
    """The line of a key with another value, and with its comment if there is no new one."""
    name, _, rest = line.partition(":")
    comment = setting.comment or rest.partition(" # ")[2]
    value, was = setting.value, YAML(typ="safe").load(rest)
    if isinstance(value, dict):
        if not isinstance(was, dict):
            raise UserError(f"params.yaml: the value of '{setting.path}' must stand in its line.")
        value = was | value
    return f"{name}: {as_yaml(value)}{comment and f' # {comment}'}"


def find(lines: list[str], keys: list[str]) -> int | None:
    """The number of the line of a key, below those of the keys above it; None: it is not there."""
    path: list[str] = []
    for place, line in enumerate(lines):
        if match := KEY.match(line):
            path[len(match[1]) // 2 :] = [match[2]]
        if path == keys:
            return place
    return None


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
