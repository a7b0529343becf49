"""Figures stay legible when there are many classes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from your_package.evaluation.figures import (
    draw_confusion,
    draw_precision_recall,
    draw_roc,
)


@pytest.fixture(params=[2, 3, 10, 20])
def answers(request):
    """True classes, probabilities and labels, of few classes and of many."""
    random = np.random.default_rng(0)
    labels = [f"class number {place}" for place in range(request.param)]
    y = np.arange(40 * len(labels)) % len(labels)
    probabilities = random.dirichlet(np.ones(len(labels)), len(y)) + np.eye(len(labels))[y]
    yield y, probabilities / 2, labels
    plt.close("all")


def boxes(texts):
    return [text.get_window_extent() for text in texts if text.get_text()]


@pytest.mark.parametrize("draw", [draw_roc, draw_precision_recall])
def test_every_curve_can_be_told_from_the_others_and_found_in_the_legend(answers, draw):
    y, probabilities, labels = answers
    figure = draw(y, probabilities, labels)
    figure.canvas.draw()
    (axes,) = figure.axes
    curves = [line for line in axes.lines if len(line.get_xdata()) > 2]
    assert len({(line.get_color(), line.get_linestyle()) for line in curves}) == len(curves)
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    drawn = labels[1:] if len(labels) == 2 else labels
    assert all(any(f"{label} (" in text for text in legend) for label in drawn)
    inside = figure.bbox.padded(1)
    box = axes.get_legend().get_window_extent()
    assert inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)


def test_the_words_of_the_confusion_matrix_do_not_overlap(answers):
    y, probabilities, labels = answers
    figure = draw_confusion(y, probabilities, labels, 0.5)
    figure.canvas.draw()
    (axes,) = figure.axes
    cells = boxes(axes.texts)
    assert not any(a.overlaps(b) for place, a in enumerate(cells) for b in cells[:place])
    if len(labels) <= 3:
        names = boxes(axes.get_xticklabels())
        assert not any(a.overlaps(b) for place, a in enumerate(names) for b in names[:place])
