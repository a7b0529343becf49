"""Values of params.yaml changed in place: its comments and its layout stay."""

import json
import re
from typing import Any

from ruamel.yaml import YAML, YAMLError

from ..errors import UserError
from .adoption import Setting

KEY = re.compile(r"((?:  )*)([^\s#:]+):(?: |$)")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ /-]*")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
NOTHING = object()


def put(text: str, setting: Setting) -> str:
    """Return the text of a YAML file in which a value is another, or its line is dropped.

    Of a mapping only the keys that the setting names change. A candidate that the owner took out
    stays out. Raises UserError where another key is not there, or takes more than a line.
    """
    content, keys = parse(text), setting.path.split(".")
    held: Any = content
    for key in keys[:-1]:
        held = held.get(key, {}) if isinstance(held, dict) else {}
    was, value = held.get(keys[-1], NOTHING), setting.value
    if was is NOTHING:
        if setting.path.startswith("train.candidates."):
            return text
        raise UserError(f"params.yaml has no line '{setting.path}' to set: restore it with git.")
    if isinstance(was, dict) and isinstance(value, dict):
        value = was | value
    held[keys[-1]] = value
    if setting.drop:
        del held[keys[-1]]
    lines = text.splitlines()
    for place in find(lines, keys):
        new = [] if setting.drop else [changed(lines[place], value, setting.comment)]
        lines[place : place + 1] = new
    text = "\n".join(lines) + "\n"
    if parse(text) != content:
        raise UserError(f"params.yaml: write '{setting.path}' in one line, as it was made.")
    return text


def changed(line: str, value: Any, comment: str) -> str:
    """The line of a key with another value; its comment stays if there is no new one."""
    name, _, rest = line.partition(":")
    comment = comment or rest.partition(" # ")[2]
    return f"{name}: {as_yaml(value)}{comment and f' # {comment}'}"


def parse(text: str) -> Any:
    """What a YAML text says; NOTHING where it is none."""
    try:
        return YAML(typ="safe").load(text)
    except YAMLError:
        return NOTHING


def find(lines: list[str], keys: list[str]) -> list[int]:
    """The number of the line of a key, below those of the keys above it; none: it has no such."""
    path: list[str] = []
    for place, line in enumerate(lines):
        if match := KEY.match(line):
            path[len(match[1]) // 2 :] = [match[2]]
            if path == keys:
                return [place]
    return []


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
