"""Figures of where a model is weak and what it has learnt."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..metrics import NAMES
from ..plotting import COLOURS, plt

MOST = 20  # slices drawn, the weakest and the strongest
LONGEST = 30  # letters of a group's name


def draw_slices(slices: list[dict[str, Any]], overall: float, metric: str) -> Figure:
    """Each slice's figure with its interval, the weakest on top, beside that of all rows."""
    shown = slices if len(slices) <= MOST else [*slices[: MOST // 2], *slices[-MOST // 2 :]]
    figure, axes = plt.subplots(figsize=(7, 1.4 + 0.3 * len(shown)))
    for place, one in enumerate(shown):
        colour = COLOURS[1] if one["worse"] else COLOURS[0]
        axes.plot([one["low"], one["high"]], [place, place], color=colour)
        axes.plot(one["value"], place, "s" if one["worse"] else "o", color=colour, markersize=5)
    axes.axvline(overall, color="grey", linestyle="--", label="all test rows")
    names = [f"{one['by']}: {one['group']}"[:LONGEST] + f" ({one['rows']:,})" for one in shown]
    axes.set_yticks(range(len(shown)), names)
    axes.invert_yaxis()
    axes.plot([], [], "s", color=COLOURS[1], label="weaker, by more than chance")
    axes.set(xlabel=f"{NAMES[metric]} with 95 % interval")
    axes.set_title("How good it is on parts of the test rows")
    axes.legend()
    return figure


def draw_learning(curve: list[dict[str, float]], metric: str) -> Figure:
    """The metric on learnt and on validation rows, by how many rows were learnt from."""
    table = pd.DataFrame(curve)
    figure, axes = plt.subplots()
    axes.plot(table["rows"], table["train"], "s--", markersize=4, label="rows it learnt from")
    axes.plot(table["rows"], table["validation"], "o-", markersize=4, label="validation rows")
    axes.set(xlabel="training rows", ylabel=NAMES[metric], xlim=(0, None))
    axes.locator_params(axis="x", nbins=5)
    axes.set_title("What more rows bring")
    axes.legend()
    return figure


def draw_epochs(table: pd.DataFrame) -> Figure:
    """The loss of each candidate after each epoch, on learnt and on held-out rows."""
    figure, axes = plt.subplots()
    for colour, (name, rows) in zip(COLOURS, table.groupby("candidate", sort=False), strict=False):
        axes.plot(rows["epoch"], rows["loss"], "--", color=colour, label=f"{name}, learnt from")
        axes.plot(rows["epoch"], rows["held_out_loss"], color=colour, label=f"{name}, held out")
        best = rows.loc[rows["held_out_loss"].idxmin()]
        axes.plot(best["epoch"], best["held_out_loss"], "o", color=colour, markersize=5)
    top = np.nanquantile(table[["loss", "held_out_loss"]], 0.98)
    axes.set(xlabel="epoch", ylabel="loss", ylim=(0, top * 1.1))
    axes.set_title("Learning, and the epoch that was kept")
    axes.legend(fontsize="small")
    return figure
