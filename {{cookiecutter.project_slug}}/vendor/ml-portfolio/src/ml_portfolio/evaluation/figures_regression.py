"""Figures of a regression: predicted values, errors and prediction intervals."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ml_portfolio.bundle.regression import half_widths
from ml_portfolio.evaluation.plotting import new_figure, plt
from ml_portfolio.evaluation.slices import group

STYLES = {"model": "-", "baseline": "--"}  # distinguishable without colour too
BINS = 10
MAX_GROUPS = 24  # on an axis


def draw_predicted(y: np.ndarray, values: np.ndarray, unit: str) -> Figure:
    """Draw actual against predicted values [n]; darker where there are more rows."""
    title = "Predicted against actual, test rows"
    figure, axes = new_figure(title, f"predicted, {unit}", f"actual, {unit}")
    ends = [min(y.min(), values.min()), max(y.max(), values.max())]
    cells = axes.hexbin(values, y, gridsize=30, bins="log", mincnt=1, cmap="Blues", linewidths=0.2)
    figure.colorbar(cells, label="rows", shrink=0.8)
    axes.plot(ends, ends, color="black", linestyle="--", linewidth=1, label="predicted = actual")
    axes.legend(loc="upper left")
    return figure


def draw_errors(errors: Mapping[str, np.ndarray], unit: str) -> Figure:
    """Draw the share of rows up to each absolute error [n], of the model and of the baseline.

    Bi & Bennett 2003, Regression Error Characteristic Curves.
    """
    title, xlabel = "Absolute error distribution, test rows", f"absolute error, {unit}"
    figure, axes = new_figure(title, xlabel, "cumulative share of rows")
    for name, error in errors.items():
        share = np.arange(1, len(error) + 1) / len(error)
        label = f"{name} (median {np.median(error):,.3g})"
        axes.plot(np.sort(error), share, STYLES[name], label=label)
    furthest = max(np.quantile(error, 0.99) for error in errors.values())
    axes.set(xlim=(0, furthest), ylim=(0, 1.02))
    axes.legend(loc="lower right")
    return figure


def draw_errors_by(feature: pd.Series, errors: Mapping[str, np.ndarray], unit: str) -> Figure:
    """Draw the mean absolute error in each group of a feature [n], of model and baseline."""
    groups = group(feature, BINS, MAX_GROUPS)
    means = pd.DataFrame(errors, feature.index).groupby(groups, observed=True).mean()
    names = means.index.astype(str)
    title = f"Mean absolute error by {feature.name}, test rows"
    figure, axes = new_figure(title, str(feature.name), f"mean absolute error, {unit}")
    for name in errors:
        axes.plot(range(len(means)), means[name], f"o{STYLES[name]}", markersize=4, label=name)
    step = 1 + len(names) // (MAX_GROUPS // 2)
    axes.set_xticks(range(0, len(names), step), list(names[::step]))
    if max(map(len, names)) > 3:
        plt.setp(axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.set(ylim=(0, None))
    axes.legend()
    return figure


def draw_interval_coverage(
    y: np.ndarray, values: np.ndarray, decision: Mapping[str, Any], unit: str
) -> Figure:
    """Draw how often intervals contain y [n], by deciles of predicted values [n].

    decision: confidence, level_ends and half_widths, as conformal.calibrate_intervals returns them.
    """
    widths = half_widths(values, decision["level_ends"], decision["half_widths"])
    table = pd.DataFrame({"value": values, "covered": np.abs(y - values) <= widths})
    deciles = pd.qcut(table["value"], BINS, labels=False, duplicates="drop")
    means = table.groupby(deciles).mean()
    title, ylabel = "Prediction interval coverage, test rows", "share of actual values covered"
    figure, axes = new_figure(title, f"predicted, {unit}", ylabel)
    target = decision["confidence"]
    axes.axhline(target, color="grey", linestyle="--", linewidth=1, label=f"target: {target:.0%}")
    axes.plot(means["value"], means["covered"], "o-", markersize=4, label="model")
    axes.set(ylim=(0, 1.02))
    axes.legend(loc="lower left")
    return figure
