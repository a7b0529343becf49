"""Values of params.yaml changed in place: its comments and its layout stay."""

import io

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.adoption import Setting
from ml_portfolio.tool.adopt.rendering import as_yaml


def put(text: str, setting: Setting) -> str:
    """Return the text of a YAML file with one value set or removed.

    Of a mapping only the keys in the setting change. A candidate that the owner deleted stays
    deleted. Raises UserError where another key is absent.
    """
    yaml, out = YAML(), io.StringIO()
    yaml.width, yaml.preserve_quotes = 4096, True
    null = "tag:yaml.org,2002:null"
    yaml.representer.add_representer(type(None), lambda to, _: to.represent_scalar(null, "null"))
    parent = content = yaml.load(text)
    *above, key = setting.path.split(".")
    for name in above:
        parent = parent.get(name) if isinstance(parent, dict) else None
    if not isinstance(parent, CommentedMap) or key not in parent:
        if setting.remove or setting.path.startswith("train.candidates."):
            return text
        raise UserError(f"params.yaml has no '{setting.path}' to set: restore it with git.")
    old = parent.ca.items.get(key, [None] * 3)[2]
    value = yaml.load(as_yaml(setting.value))
    if setting.remove:
        del parent[key]
    elif isinstance(value, dict) and isinstance(parent[key], dict):
        parent[key].update(value)
    else:
        parent[key] = value
    comment, _, below = (old.value if old else "").partition("\n")  # what is below it stays there
    if not setting.remove and (comment := setting.comment or comment):
        parent.yaml_add_eol_comment(f"{comment}\n{below}", key, column=0)
    yaml.dump(content, out)
    return out.getvalue()
