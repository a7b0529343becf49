"""How every figure looks, and how it is saved."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")  # draw to files: no window, no display
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from .files import whole  # noqa: E402

# Distinguishable to colour-blind readers: Okabe & Ito, https://jfly.uni-koeln.de/color/
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000"]
plt.rcParams |= {
    "axes.prop_cycle": plt.cycler(color=COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "figure.figsize": (5.2, 4.4),
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "legend.frameon": False,
}


def save(figure: Figure, path: Path) -> None:
    with whole(path) as draft:
        # A date in the file would make each run's picture a new one.
        figure.savefig(draft, format="png", dpi=150, metadata={"Software": None})
    plt.close(figure)
