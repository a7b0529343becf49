"""Values of params.yaml changed in place: its comments and its layout stay."""

import io
import json
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from ..errors import UserError
from .adoption import Setting

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ /-]*")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}


def put(text: str, setting: Setting) -> str:
    """Return the text of a YAML file in which a value is another, or is dropped.

    Of a mapping only the keys that the setting names change. A candidate that the owner took out
    stays out. Raises UserError where another key is not there.
    """
    yaml, out = YAML(), io.StringIO()
    yaml.width, yaml.preserve_quotes = 4096, True
    yaml.representer.add_representer(type(None), write_null)
    held = content = yaml.load(text)
    *above, key = setting.path.split(".")
    for name in above:
        held = held.get(name) if isinstance(held, dict) else None
    if not isinstance(held, CommentedMap) or key not in held:
        if setting.path.startswith("train.candidates."):
            return text
        raise UserError(f"params.yaml has no '{setting.path}' to set: restore it with git.")
    value = yaml.load(as_yaml(setting.value))
    if setting.drop:
        del held[key]
    elif isinstance(value, dict) and isinstance(held[key], dict):
        held[key].update(value)
    else:
        held[key] = value
    if setting.comment:
        was = held.ca.items.get(key, [None] * 3)[2]
        blank = was.value.partition("\n")[2] if was else ""  # lines below, which belong to it
        held.yaml_add_eol_comment(f"{setting.comment}\n{blank}", key, column=0)
    yaml.dump(content, out)
    return out.getvalue()


def write_null(writer: Any, value: None) -> Any:
    return writer.represent_scalar("tag:yaml.org,2002:null", "null")


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
