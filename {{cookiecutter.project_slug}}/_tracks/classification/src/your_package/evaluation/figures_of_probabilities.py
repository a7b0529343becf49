"""Figures of what a classifier's probabilities are worth, and what is made of them."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..plotting import COLOURS, plt
from .threshold import STEPS, Costs, mean_cost


def draw_calibration(table: pd.DataFrame, labels: list[str]) -> Figure:
    """Said against true shares of the bins of calibration.py; on the diagonal they agree."""
    event = f"of “{labels[1]}”" if len(labels) == 2 else "of the likeliest class"
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="said = true")
    error = np.sqrt(table["true"] * (1 - table["true"]) / table["rows"])  # of a share
    axes.errorbar(table["said"], table["true"], 1.96 * error, fmt="o-", markersize=4, label="model")
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=f"probability {event}", ylabel="share that was so")
    axes.set_title("Whether probabilities hold, test rows")
    axes.legend(loc="upper left")
    return figure


def draw_costs(y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs) -> Figure:
    """The mean cost of a validation row over all thresholds, and the one that was chosen."""
    figure, axes = plt.subplots()
    values = [mean_cost(y, positive, step, costs) for step in STEPS]
    axes.plot(STEPS, values)
    axes.axvline(threshold, color=COLOURS[1], linestyle="--", label=f"chosen: {threshold:.2f}")
    axes.set(xlabel="threshold", ylabel="mean cost of a row", ylim=(0, None))
    axes.set_title("What errors cost, validation rows")
    axes.legend()
    return figure
