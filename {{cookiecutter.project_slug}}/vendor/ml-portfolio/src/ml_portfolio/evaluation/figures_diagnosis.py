"""Figures of where a model is weak and of how it learned."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ml_portfolio.evaluation.metrics import METRICS
from ml_portfolio.evaluation.plotting import COLOURS, new_figure

MAX_SLICES = 20  # drawn: the weakest and the strongest
MAX_NAME = 30  # characters of a group's name


def draw_slices(slices: list[dict[str, Any]], overall: float, metric: str) -> Figure:
    """Draw the metric of each slice with its interval, the weakest on top, beside all rows."""
    half = MAX_SLICES // 2
    shown = [*slices[:half], *slices[half:][-half:]]
    name = METRICS[metric].title
    title = f"{name[0].upper()}{name[1:]} by slice, test rows"
    size = (7, 1.4 + 0.3 * len(shown))
    figure, axes = new_figure(title, f"{name} with 95 % interval", size=size)
    for place, one in enumerate(shown):
        colour = COLOURS[1] if one["worse"] else COLOURS[0]
        axes.plot([one["low"], one["high"]], [place, place], color=colour)
        axes.plot(one["value"], place, "s" if one["worse"] else "o", color=colour, markersize=5)
    axes.axvline(overall, color="grey", linestyle="--", label="all test rows")
    names = [f"{one['by']}: {one['group']}"[:MAX_NAME] + f" ({one['rows']:,})" for one in shown]
    axes.set_yticks(range(len(shown)), names)
    axes.invert_yaxis()
    axes.plot([], [], "s", color=COLOURS[1], label="significantly worse")
    axes.legend()
    return figure


def draw_learning_curve(curve: list[dict[str, float]], metric: str) -> Figure:
    """Draw the metric on training and validation rows by the number of training rows."""
    table = pd.DataFrame(curve)
    figure, axes = new_figure("Learning curve", "number of training rows", METRICS[metric].title)
    axes.plot(table["rows"], table["train"], "s--", markersize=4, label="training rows")
    axes.plot(table["rows"], table["validation"], "o-", markersize=4, label="validation rows")
    axes.set(xlim=(0, None))
    axes.locator_params(axis="x", nbins=5)
    axes.legend()
    return figure


def draw_training_curves(epochs: pd.DataFrame) -> Figure:
    """Draw the loss of each candidate by epoch, on rows fitted and held out, and its best epoch.

    epochs: candidate, epoch, loss, held_out_loss
    """
    figure, axes = new_figure("Training curves, best epochs marked", "epoch", "loss")
    for colour, (name, rows) in zip(COLOURS, epochs.groupby("candidate", sort=False), strict=False):
        axes.plot(rows["epoch"], rows["loss"], "--", color=colour, label=f"{name}, training")
        axes.plot(rows["epoch"], rows["held_out_loss"], color=colour, label=f"{name}, held out")
        best = rows.loc[rows["held_out_loss"].idxmin()]
        axes.plot(best["epoch"], best["held_out_loss"], "o", color=colour, markersize=5)
    top = np.nanquantile(epochs[["loss", "held_out_loss"]], 0.98)
    axes.set(ylim=(0, top * 1.1))
    axes.legend(fontsize="small")
    return figure
