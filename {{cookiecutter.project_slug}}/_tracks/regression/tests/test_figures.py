"""Figures stay legible whatever the feature and the scale."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from your_package.evaluation.figures import (
    draw_errors,
    draw_errors_by,
    draw_predicted,
)

RANDOM = np.random.default_rng(0)
ROWS = 400
FEATURES = {
    "words": RANDOM.choice(["a rather long word", "another one", "short"], ROWS),
    "few numbers": RANDOM.integers(0, 24, ROWS).astype("float32"),
    "many numbers": RANDOM.normal(0, 1000, ROWS).astype("float32"),
    "mostly one number": np.where(np.arange(ROWS) % 20, 0, np.arange(ROWS)).astype("float32"),
    "missing": np.where(np.arange(ROWS) % 3, np.nan, 1).astype("float32"),
}


@pytest.fixture(params=[1e-6, 1, 1e6])
def errors(request):
    """Absolute errors of model and baseline, in a small, a middling and a large unit."""
    yield {who: RANDOM.gamma(2, request.param, ROWS) for who in ("model", "baseline")}
    plt.close("all")


@pytest.mark.parametrize("feature", FEATURES)
def test_the_groups_of_a_feature_can_be_read(errors, feature):
    figure = draw_errors_by(pd.Series(FEATURES[feature], name=feature), errors, "bikes")
    figure.canvas.draw()
    (axes,) = figure.axes
    assert len(axes.lines) == 2 and len(axes.lines[0].get_xdata()) <= 24
    ends = [
        label.get_window_extent() for label in axes.get_xticklabels() if not label.get_rotation()
    ]
    assert not any(a.overlaps(b) for place, a in enumerate(ends) for b in ends[:place])


def test_who_erred_is_told_in_the_legend(errors):
    (axes,) = draw_errors(errors, "bikes").axes
    names = [text.get_text().split(" ")[0] for text in axes.get_legend().get_texts()]
    assert names == ["model", "baseline"]
    assert len({line.get_linestyle() for line in axes.lines}) == 2


def test_the_diagonal_spans_what_is_drawn():
    y, values = np.array([1.0, 5.0, 9.0]), np.array([2.0, 12.0, 3.0])
    axes = draw_predicted(y, values, "bikes").axes[0]
    assert axes.lines[0].get_xdata().tolist() == axes.lines[0].get_ydata().tolist() == [1, 12]
