"""Figures of a classifier. With two classes the positive one is drawn, with more each of them."""

import numpy as np
import pandas as pd
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn import metrics

from ml_portfolio.bundle.classification import predict_labels
from ml_portfolio.evaluation.plotting import COLOURS, new_figure, plt
from ml_portfolio.evaluation.threshold import STEPS, Costs, mean_cost

FEW_CLASSES = 4  # with more, figures are larger and their legends stand beside them


def draw_confusion_matrix(
    y: np.ndarray, probabilities: np.ndarray, labels: list[str], threshold: float | None
) -> Figure:
    """Draw true classes in rows, predicted ones in columns; the shade is the share of the row."""
    predicted = predict_labels(probabilities, threshold)
    counts = metrics.confusion_matrix(y, predicted, labels=range(len(labels)))
    share = counts / counts.sum(axis=1, keepdims=True).clip(1)
    many = len(labels) > FEW_CLASSES
    side = 0.62 * len(labels)
    size = (side + 1.4, side + 1) if many else None
    figure, axes = new_figure("Confusion matrix, test rows", "predicted class", "true class", size)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        percent = f"{share[row, column]:.0%}"
        text = (percent if count else "") if many else f"{count:,}\n{percent}"
        colour = "white" if share[row, column] > 0.5 else "black"
        axes.text(column, row, text, ha="center", va="center", color=colour)
    axes.set_xticks(range(len(labels)), labels)
    if many:
        plt.setp(axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(labels)), labels)
    axes.spines[:].set_visible(False)
    return figure


def draw_roc_curve(y: np.ndarray, probabilities: np.ndarray, labels: list[str]) -> Figure:
    """Draw true against false positive rate over all thresholds, beside the diagonal of chance."""
    figure, axes = curve_figure(labels)
    axes.set(
        title="ROC curve, test rows", xlabel="false positive rate", ylabel="true positive rate"
    )
    for label, truth, probability in drawn_classes(y, probabilities, labels):
        false_rate, true_rate, _ = metrics.roc_curve(truth, probability)
        area = metrics.auc(false_rate, true_rate)
        axes.plot(false_rate, true_rate, label=f"{label} (AUC {area:.3f})")
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="chance (AUC 0.500)")
    add_legend(axes, labels, "lower right")
    return figure


def draw_precision_recall(y: np.ndarray, probabilities: np.ndarray, labels: list[str]) -> Figure:
    """Draw precision against recall over all thresholds, beside the share of the class."""
    figure, axes = curve_figure(labels)
    axes.set(title="Precision-recall curve, test rows", xlabel="recall", ylabel="precision")
    for label, truth, probability in drawn_classes(y, probabilities, labels):
        precision, recall, _ = metrics.precision_recall_curve(truth, probability)
        average, chance = metrics.average_precision_score(truth, probability), truth.mean()
        name = f"{label} (AP {average:.3f}, by chance {chance:.3f})"
        (line,) = axes.plot(recall, precision, label=name)
        if len(labels) <= FEW_CLASSES:
            axes.axhline(chance, color=line.get_color(), linestyle="--", linewidth=1)
    axes.set(ylim=(0, 1.02))
    add_legend(axes, labels, "lower left")
    return figure


def drawn_classes(
    y: np.ndarray, probabilities: np.ndarray, labels: list[str]
) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return the classes to draw: label, whether each row [n] is of it, and its probability [n]."""
    places = [1] if len(labels) == 2 else range(len(labels))
    return [(labels[k], y == k, probabilities[:, k]) for k in places]


def curve_figure(labels: list[str]) -> tuple[Figure, Axes]:
    """Return a figure for a curve of each class; where colours run out, lines are dashed."""
    figure, axes = plt.subplots(figsize=(8.2, 4.4) if len(labels) > FEW_CLASSES else None)
    axes.set_prop_cycle(cycler(linestyle=["-", "--", ":"]) * cycler(color=COLOURS))
    return figure, axes


def add_legend(axes: Axes, labels: list[str], corner: str) -> None:
    """Put the legend inside the axes; with many classes, beside them."""
    beside = {"loc": "center left", "bbox_to_anchor": (1, 0.5), "fontsize": "small"}
    axes.legend(**(beside if len(labels) > FEW_CLASSES else {"loc": corner}))


def draw_reliability(table: pd.DataFrame, labels: list[str]) -> Figure:
    """Draw the bins of `calibration.reliability_table`, with 95 % intervals of observed shares."""
    event = f"“{labels[1]}”" if len(labels) == 2 else "the likeliest class"
    title = "Reliability diagram, test rows"
    figure, axes = new_figure(title, f"predicted probability of {event}", "observed share")
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfectly calibrated")
    observed = table["observed"]
    error = 1.96 * np.sqrt(observed * (1 - observed) / table["rows"])
    axes.errorbar(table["predicted"], observed, error, fmt="o-", markersize=4, label="model")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(loc="upper left")
    return figure


def draw_threshold_cost(
    y: np.ndarray, positive: np.ndarray, threshold: float, costs: Costs
) -> Figure:
    """Draw the mean cost of a validation row at each threshold, from y and probabilities [n]."""
    title = "Mean cost by decision threshold, validation rows"
    figure, axes = new_figure(title, "decision threshold", "mean cost of a row")
    axes.plot(STEPS, [mean_cost(y, positive, step, costs) for step in STEPS])
    axes.axvline(threshold, color=COLOURS[1], linestyle="--", label=f"chosen: {threshold:.2f}")
    axes.set(ylim=(0, None))
    axes.legend()
    return figure
