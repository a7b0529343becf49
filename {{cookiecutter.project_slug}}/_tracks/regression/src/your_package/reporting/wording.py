"""How the results of a regression are put into words."""

from typing import TYPE_CHECKING

from .prose import is_number, minus, share, significant

if TYPE_CHECKING:
    from .results import Results

HOLDS = "bands"  # what conformal prediction gives


def number(metric: str, value: float | None) -> str:
    if metric == "r2":
        return minus(f"{value:.3f}") if value is not None and is_number(value) else "–"
    return significant(value)


def unit(metric: str, results: "Results") -> str:
    return "" if metric == "r2" else results.unit


def meaning(metric: str, results: "Results") -> str:
    """What a metric says, for who does not know it."""
    return {
        "mae": "by how much an answer is off, on average: 0 is perfect",
        "rmse": "the root of the mean square by which answers are off, which weighs large errors "
        "more: 0 is perfect",
        "r2": "the share of the target's variance that the answers account for: 1 is perfect, 0 is "
        "no better than the mean",
    }[metric]


def remarks(results: "Results") -> list[str]:
    """What else was measured of the answers: the bands around them."""
    bands = results.metrics.get("conformal")
    if not bands:
        return []
    width = f"{significant(bands['width'])} {results.unit}".strip()
    return [
        f"Around each answer the model gives a band, {width} wide on average, that should hold the "
        f"true value in {share(bands['confidence'], 0)} of cases. It did for "
        f"{share(bands['coverage'])} of the test rows ({share(bands['low'])} to "
        f"{share(bands['high'])})."
    ]


def doubts(results: "Results") -> list[tuple[str, str, float]]:
    """What is weak in a regression alone: nothing that the rest does not ask for."""
    return []
