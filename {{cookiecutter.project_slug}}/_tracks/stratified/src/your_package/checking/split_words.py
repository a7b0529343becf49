"""The split of params.yaml in words."""

from typing import Any


def say_split(preprocess: dict[str, Any]) -> str:
    """Who is learnt from and who is tested on."""
    test, validation = (100 * preprocess[f"{part}_share"] for part in ("test", "validation"))
    return (
        f"{test:.3g} % of the rows for testing and {validation:.3g} % for validation, drawn at "
        "random, each class keeping its share; what is there twice is kept once."
    )
