"""The split of params.yaml in words."""

from typing import Any

from ..schema import load_schema
from ..splits import find_key


def say_split(preprocess: dict[str, Any]) -> str:
    """Who is learnt from and who is tested on; raises UserError where no column can steer it."""
    kind = preprocess["split"]
    key = find_key(kind, load_schema())
    how = {
        "random": "drawn at random",
        "stratified": f"drawn at random, each class of `{key}` keeping its share",
        "group": f"drawn at random, rows of one `{key}` staying together",
        "time": f"taken from the end by `{key}`: the model learns from what came before",
    }[kind]
    test, validation = (100 * preprocess[f"{part}_share"] for part in ("test", "validation"))
    return f"{test:.3g} % of the rows for testing and {validation:.3g} % for validation, {how}."
