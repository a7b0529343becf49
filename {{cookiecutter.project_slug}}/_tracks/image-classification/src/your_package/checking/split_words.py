"""The split of params.yaml in words."""

from typing import Any


def say_split(preprocess: dict[str, Any]) -> str:
    """Who is learnt from and who is tested on."""
    test, validation = (100 * preprocess[f"{part}_share"] for part in ("test", "validation"))
    return (
        f"For testing the pictures that the source keeps for it, or {test:.3g} % where it keeps "
        f"none; {validation:.3g} % of all for validation, each class keeping its share; what is "
        "there twice is kept once."
    )
