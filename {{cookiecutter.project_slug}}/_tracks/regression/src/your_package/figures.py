"""Figures of a regression: the values, and how far they are off."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from .plotting import plt

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
    groups = group(feature)
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


def group(feature: pd.Series) -> pd.Series:
    """The group of each row [n]: its word or number, or a tenth where there are many numbers."""
    if not pd.api.types.is_numeric_dtype(feature):
        return feature
    if feature.nunique() > MOST_GROUPS:
        return pd.qcut(feature, BINS, duplicates="drop", precision=2)
    return feature.astype("category").cat.rename_categories("{:g}".format)
