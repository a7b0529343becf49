"""Figures of what a model's predictions depend on."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ml_portfolio.evaluation.metrics import METRICS, direction
from ml_portfolio.evaluation.plotting import new_figure, plt

MAX_FEATURES = 30  # drawn
LINE = 92  # characters of a text in a line of the figure
STRONG = 0.5  # an effect on the probability that is drawn in the strongest colour


def draw_feature_importance(features: list[dict[str, Any]], metric: str) -> Figure:
    """Draw a bar for each feature, the most important on top.

    features: "feature", "value" (by how much the metric gets worse), "spread" (over repeats)
    """
    features = features[:MAX_FEATURES]
    change = "drop" if direction(metric) > 0 else "increase"
    xlabel = f"{change} in {METRICS[metric].title} when the feature is shuffled"
    title, size = "Feature importance (permutation), test rows", (6.4, 1.4 + 0.28 * len(features))
    figure, axes = new_figure(title, xlabel, size=size)
    values, spreads = ([one[key] for one in features] for key in ("value", "spread"))
    axes.barh([one["feature"] for one in features], values, xerr=spreads, ecolor="grey")
    axes.invert_yaxis()
    return figure


def draw_words(examples: list[dict[str, Any]]) -> Figure:
    """Draw each text below its prediction: red words support it, blue ones oppose it.

    examples: "truth", "predicted", "probability", "words" (each a "word" and its "effect")
    """
    texts = [break_lines(one["words"]) for one in examples]
    rows = sum(len(lines) + 2 for lines in texts)
    figure, axes = plt.subplots(figsize=(7.6, 0.8 + 0.27 * rows))
    axes.set(xlim=(0, LINE + 2), ylim=(rows, -0.5))
    axes.axis("off")
    row = 0
    for one, lines in zip(examples, texts, strict=True):
        truth = "" if one["predicted"] == one["truth"] else f", true class: {one['truth']}"
        heading = f"{one['predicted']} ({one['probability']:.0%}){truth}"
        axes.text(0, row, plain(heading), fontsize=10, fontweight="bold", va="center")
        for number, line in enumerate(lines, start=1):
            draw_line(axes, row + number, line)
        row += len(lines) + 2
    axes.set_title("Effect of each word on the prediction (red supports it, blue opposes it)")
    return figure


def draw_line(axes: Axes, row: int, words: list[dict[str, Any]]) -> None:
    """Draw words one after the other, each in the colour of its effect."""
    colours, column = plt.get_cmap("coolwarm"), 0
    style: dict[str, Any] = {"family": "monospace", "fontsize": 9, "va": "center"}
    for word in words:
        shade = colours(0.5 + 0.5 * float(np.clip(word["effect"] / STRONG, -1, 1)))
        box = {"facecolor": (*shade[:3], 0.55), "edgecolor": "none", "pad": 1.5}
        axes.text(column, row, plain(word["word"]), bbox=box, **style)
        column += len(word["word"]) + 1


def plain(text: str) -> str:
    """Return a text in which matplotlib sees no formula."""
    return text.replace("$", r"\$")


def break_lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return words in lines that fit the figure."""
    lines: list[list[dict[str, Any]]] = [[]]
    for word in words:
        if sum(len(one["word"]) + 1 for one in lines[-1]) + len(word["word"]) > LINE:
            lines.append([])
        lines[-1].append(word)
    return lines


class Occlusion(NamedTuple):
    """A test image with its occlusion map."""

    image: np.ndarray  # [height, width, channels]
    drop: np.ndarray  # of the predicted class's probability, where a patch lies [height, width]
    predicted: str  # the class and its probability
    truth: str | None  # the true class, where the prediction is wrong


def draw_occlusion(occlusions: list[Occlusion], columns: int) -> Figure:
    """Draw each image above its map: red parts support the prediction, blue ones oppose it."""
    rows = 2 * -(-len(occlusions) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.7 * columns, 1.95 * rows), squeeze=False)
    for panel in axes.flat:
        panel.axis("off")
    for place, one in enumerate(occlusions):
        top, left = 2 * (place // columns), place % columns
        draw_map(axes[top : top + 2, left], one.image, one.drop)
        truth = "" if one.truth is None else f"\ntrue: {one.truth}"
        axes[top, left].set_title(plain(one.predicted + truth), loc="center", fontsize=10)
    figure.suptitle(
        "Occlusion maps: correct predictions above, wrong ones below\n"
        "(red: covering it lowers the predicted class's probability; blue: raises it)",
        fontsize=12,
    )
    return figure


def draw_map(panels: np.ndarray, image: np.ndarray, drop: np.ndarray) -> None:
    """Draw an image [height, width, channels], and below it a pale copy under its map."""
    strongest = max(np.abs(drop).max(), 0.05)  # weak effects stay pale
    grey = image.mean(axis=2)
    panels[0].imshow(image if image.shape[2] == 3 else grey, cmap="gray", vmin=0, vmax=255)
    panels[1].imshow(grey, cmap="gray", vmin=0, vmax=255)
    panels[1].imshow(drop, cmap="coolwarm", vmin=-strongest, vmax=strongest, alpha=0.65)
