"""Figures of a regression: the values, and how far they are off."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..plotting import plt
from .conformal import covered
from .slices import group

STYLES = {"model": "-", "baseline": "--"}  # told apart without colour too
BINS = 10  # of a feature with more different numbers than fit on an axis
MOST_GROUPS = 24


def draw_predicted(y: np.ndarray, values: np.ndarray, unit: str) -> Figure:
    """True against predicted values [n]; darker where there are more rows."""
    figure, axes = plt.subplots()
    ends = [min(y.min(), values.min()), max(y.max(), values.max())]
    cells = axes.hexbin(values, y, gridsize=30, bins="log", mincnt=1, cmap="Blues", linewidths=0.2)
    figure.colorbar(cells, label="rows", shrink=0.8)
    axes.plot(ends, ends, color="black", linestyle="--", linewidth=1, label="true = predicted")
    axes.set(xlabel=f"predicted, {unit}", ylabel=f"true, {unit}")
    axes.set_title("What was true for what was predicted, test rows")
    axes.legend(loc="upper left")
    return figure


def draw_errors(errors: dict[str, np.ndarray], unit: str) -> Figure:
    """Share of rows with an absolute error [n] no larger than that on the axis, by who erred.

    Bi & Bennett 2003, Regression Error Characteristic Curves.
    """
    figure, axes = plt.subplots()
    for who, error in errors.items():
        share = np.arange(1, len(error) + 1) / len(error)
        label = f"{who} (half within {np.median(error):,.3g})"
        axes.plot(np.sort(error), share, STYLES[who], label=label)
    axes.set(xlabel=f"absolute error, {unit}", ylabel="share of rows", ylim=(0, 1.02))
    axes.set(xlim=(0, max(np.quantile(error, 0.99) for error in errors.values())))
    axes.set_title("Share of test rows within an error")
    axes.legend(loc="lower right")
    return figure


def draw_errors_by(feature: pd.Series, errors: dict[str, np.ndarray], unit: str) -> Figure:
    """Mean absolute error in each group of a feature [n], by who erred."""
    groups = group(feature, BINS, MOST_GROUPS)
    means = pd.DataFrame(errors, feature.index).groupby(groups, observed=True).mean()
    names = means.index.astype(str)
    figure, axes = plt.subplots()
    for who in errors:
        axes.plot(range(len(means)), means[who], f"o{STYLES[who]}", markersize=4, label=who)
    step = 1 + len(names) // (MOST_GROUPS // 2)
    axes.set_xticks(range(0, len(names), step), list(names[::step]))
    if max(map(len, names)) > 3:
        plt.setp(axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.set(xlabel=str(feature.name), ylabel=f"mean absolute error, {unit}", ylim=(0, None))
    axes.set_title(f"Error by {feature.name}, test rows")
    axes.legend()
    return figure


def draw_coverage(y: np.ndarray, values: np.ndarray, output: dict[str, Any], unit: str) -> Figure:
    """How often the interval holds the true value, by the predicted value [n], in tenths."""
    held = covered(y, values, output)
    tenths = pd.qcut(pd.Series(values), BINS, labels=False, duplicates="drop")
    means = pd.DataFrame({"value": values, "held": held}).groupby(tenths).mean()
    figure, axes = plt.subplots()
    axes.axhline(output["confidence"], color="grey", linestyle="--", linewidth=1, label="asked for")
    axes.plot(means["value"], means["held"], "o-", markersize=4, label="on the test rows")
    axes.set(xlabel=f"predicted, {unit}", ylabel="share of true values held", ylim=(0, 1.02))
    axes.set_title("How often the interval holds the truth")
    axes.legend(loc="lower left")
    return figure
