"""Figures of a classifier. With two classes the positive one is drawn, with more each of them."""

from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn import metrics

from ..plotting import COLOURS, plt
from ..serving.outputs import choose

Corner = Literal["lower left", "lower right"]
LEGIBLE = 4  # with more classes, figures are larger and their legends stand beside them


def drawn(y: np.ndarray, labels: list[str]) -> list[tuple[str, int, np.ndarray]]:
    """The classes to draw: (label, place, whether each row [n] is of it)."""
    places = [1] if len(labels) == 2 else range(len(labels))
    return [(labels[place], place, y == place) for place in places]


def draw_confusion(
    y: np.ndarray, probabilities: np.ndarray, labels: list[str], threshold: float | None
) -> Figure:
    """Rows are true classes, columns predicted ones; shading is the share of the true class."""
    chosen = choose(probabilities, threshold)
    counts = metrics.confusion_matrix(y, chosen, labels=range(len(labels)))
    share = counts / counts.sum(axis=1, keepdims=True).clip(1)
    many = len(labels) > LEGIBLE
    side = 0.62 * len(labels)
    figure, axes = plt.subplots(figsize=(side + 1.4, side + 1) if many else None)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for (true, predicted), count in np.ndenumerate(counts):
        colour = "white" if share[true, predicted] > 0.5 else "black"
        text = f"{count:,}\n{share[true, predicted]:.0%}"
        if many:
            text = f"{share[true, predicted]:.0%}" if count else ""
        axes.text(predicted, true, text, ha="center", va="center", color=colour)
    axes.set_xticks(range(len(labels)), labels)
    if many:
        plt.setp(axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(labels)), labels)
    axes.spines[:].set_visible(False)
    axes.set(xlabel="predicted", ylabel="true", title="What was predicted for what was true")
    return figure


def curves(labels: list[str]) -> tuple[Figure, Axes]:
    """Axes for a curve a class; where colours run out, lines are dashed and then dotted."""
    many = len(labels) > LEGIBLE
    figure, axes = plt.subplots(figsize=(8.2, 4.4) if many else None)
    axes.set_prop_cycle(plt.cycler(linestyle=["-", "--", ":"]) * plt.cycler(color=COLOURS))
    return figure, axes


def put_legend(axes: Axes, labels: list[str], place: Corner) -> None:
    """Inside the axes; where the classes are many, beside them."""
    if len(labels) > LEGIBLE:
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize="small")
    else:
        axes.legend(loc=place)


def draw_roc(y: np.ndarray, probabilities: np.ndarray, labels: list[str]) -> Figure:
    """True against false positive rate over all thresholds, beside the diagonal of chance."""
    figure, axes = curves(labels)
    for label, place, truth in drawn(y, labels):
        false_rate, true_rate, _ = metrics.roc_curve(truth, probabilities[:, place])
        area = metrics.auc(false_rate, true_rate)
        axes.plot(false_rate, true_rate, label=f"{label} (area {area:.3f})")
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="chance (area 0.500)")
    axes.set(
        xlabel="false positive rate", ylabel="true positive rate", title="ROC curve, test rows"
    )
    put_legend(axes, labels, "lower right")
    return figure


def draw_precision_recall(y: np.ndarray, probabilities: np.ndarray, labels: list[str]) -> Figure:
    """Precision against recall over all thresholds, beside the share of the class."""
    figure, axes = curves(labels)
    for label, place, truth in drawn(y, labels):
        precision, recall, _ = metrics.precision_recall_curve(truth, probabilities[:, place])
        mean = metrics.average_precision_score(truth, probabilities[:, place])
        said, chance = f"{label} (average {mean:.3f}", f"{truth.mean():.3f})"
        if len(labels) > LEGIBLE:
            axes.plot(recall, precision, label=f"{said}, by chance {chance}")
            continue
        (line,) = axes.plot(recall, precision, label=f"{said})")
        level: dict[str, Any] = {"color": line.get_color(), "linestyle": "--", "linewidth": 1}
        axes.axhline(truth.mean(), label=f"chance for {label} ({chance}", **level)
    axes.set(xlabel="recall", ylabel="precision", ylim=(0, 1.02))
    axes.set_title("Precision and recall, test rows")
    put_legend(axes, labels, "lower left")
    return figure
