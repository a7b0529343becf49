"""How every figure looks, and how it is saved."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ml_portfolio.config.files import atomic

__all__ = ["COLOURS", "new_figure", "plt", "save_figures"]
# Distinguishable to colour-blind readers: Okabe & Ito, https://jfly.uni-koeln.de/color/
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000"]
plt.switch_backend("agg")  # draw to files: no window, no display
plt.rcParams |= {
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "figure.figsize": (5.2, 4.4),
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "legend.frameon": False,
}


def new_figure(
    title: str, xlabel: str, ylabel: str = "", size: tuple[float, float] | None = None
) -> tuple[Figure, Axes]:
    """Return a figure of a size in inches, and its axes with title and labels."""
    figure, axes = plt.subplots(figsize=size)
    axes.set(title=title, xlabel=xlabel, ylabel=ylabel)
    return figure, axes


def save_figures(figures: Mapping[str, Figure], folder: Path) -> None:
    """Save each figure as <name>.png, the same bytes for the same figure, and close it."""
    for name, figure in figures.items():
        with atomic(folder / f"{name}.png") as draft:
            figure.savefig(draft, format="png", dpi=150, metadata={"Software": None})
        plt.close(figure)
