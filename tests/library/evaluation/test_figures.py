"""Figures stay legible: many classes, any feature, any scale."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from ml_portfolio.evaluation import (
    figures_classification,
    figures_diagnosis,
    figures_explanation,
    figures_regression,
)
from ml_portfolio.evaluation.calibration import reliability_table
from ml_portfolio.evaluation.plotting import save_figures
from ml_portfolio.evaluation.threshold import Costs

RANDOM = np.random.default_rng(0)
ROWS = 400
FEATURES = {
    "words": RANDOM.choice(["a rather long word", "another one", "short"], ROWS),
    "few numbers": RANDOM.integers(0, 24, ROWS).astype("float32"),
    "many numbers": RANDOM.normal(0, 1000, ROWS).astype("float32"),
    "mostly one number": np.where(np.arange(ROWS) % 20, 0, np.arange(ROWS)).astype("float32"),
    "missing": np.where(np.arange(ROWS) % 3, np.nan, 1).astype("float32"),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(params=[2, 3, 10, 20])
def predictions(request):
    """True classes, probabilities and labels, of few classes and of many."""
    random = np.random.default_rng(0)
    labels = [f"class number {place}" for place in range(request.param)]
    y = np.arange(40 * len(labels)) % len(labels)
    probabilities = random.dirichlet(np.ones(len(labels)), len(y)) + np.eye(len(labels))[y]
    return y, probabilities / 2, labels


@pytest.fixture(params=[1e-6, 1, 1e6])
def errors(request):
    """Absolute errors of model and baseline, in a small, a middling and a large unit."""
    return {name: RANDOM.gamma(2, request.param, ROWS) for name in ("model", "baseline")}


def boxes(texts):
    return [text.get_window_extent() for text in texts if text.get_text()]


def overlap(texts):
    ends = boxes(texts)
    return any(a.overlaps(b) for place, a in enumerate(ends) for b in ends[:place])


def is_inside(figure, artist):
    inside, box = figure.bbox.padded(1), artist.get_window_extent()
    return inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)


@pytest.mark.parametrize(
    "draw", [figures_classification.draw_roc_curve, figures_classification.draw_precision_recall]
)
def test_every_curve_is_distinct_and_in_the_legend(predictions, draw):
    y, probabilities, labels = predictions
    figure = draw(y, probabilities, labels)
    figure.canvas.draw()
    (axes,) = figure.axes
    curves = [line for line in axes.lines if len(line.get_xdata()) > 2]
    assert len({(line.get_color(), line.get_linestyle()) for line in curves}) == len(curves)
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    drawn = labels[1:] if len(labels) == 2 else labels
    assert all(any(f"{label} (" in text for text in legend) for label in drawn)
    assert is_inside(figure, axes.get_legend())


def test_the_texts_of_the_confusion_matrix_do_not_overlap(predictions):
    y, probabilities, labels = predictions
    figure = figures_classification.draw_confusion_matrix(y, probabilities, labels, 0.5)
    figure.canvas.draw()
    (axes,) = figure.axes
    assert not overlap(axes.texts)
    if len(labels) <= 3:
        assert not overlap(axes.get_xticklabels())


@pytest.mark.parametrize("feature", FEATURES)
def test_the_groups_of_a_feature_are_legible(errors, feature):
    column = pd.Series(FEATURES[feature], name=feature)
    figure = figures_regression.draw_errors_by(column, errors, "bikes")
    figure.canvas.draw()
    (axes,) = figure.axes
    assert len(axes.lines) == 2 and len(axes.lines[0].get_xdata()) <= 24
    assert not overlap(text for text in axes.get_xticklabels() if not text.get_rotation())


def test_model_and_baseline_are_distinct_without_colour(errors):
    (axes,) = figures_regression.draw_errors(errors, "bikes").axes
    names = [text.get_text().split(" ")[0] for text in axes.get_legend().get_texts()]
    assert names == ["model", "baseline"]
    assert len({line.get_linestyle() for line in axes.lines}) == 2


def test_the_diagonal_spans_all_values():
    y, values = np.array([1.0, 5.0, 9.0]), np.array([2.0, 12.0, 3.0])
    axes = figures_regression.draw_predicted(y, values, "bikes").axes[0]
    assert axes.lines[0].get_xdata().tolist() == axes.lines[0].get_ydata().tolist() == [1, 12]


def test_interval_coverage_is_drawn_beside_its_target():
    values = np.linspace(0, 100, 1000)
    y = values + np.where(values < 50, 1, 3)
    decision = {"confidence": 0.9, "level_ends": [], "half_widths": [2]}
    axes = figures_regression.draw_interval_coverage(y, values, decision, "bikes").axes[0]
    target, model = axes.lines
    assert set(target.get_ydata()) == {0.9}
    assert model.get_ydata().tolist() == [1] * 5 + [0] * 5


def test_the_reliability_diagram_shows_each_bin():
    y, probabilities = np.array([0, 1, 1, 1]), np.tile([0.3, 0.7], (4, 1))
    table = reliability_table(y, probabilities)
    (axes,) = figures_classification.draw_reliability(table, ["no", "yes"]).axes
    assert axes.lines[1].get_xydata().tolist() == [[pytest.approx(0.7), 0.75]]
    assert axes.get_xlabel() == "predicted probability of “yes”"


def test_the_chosen_threshold_is_marked():
    costs = Costs(false_positive=1, false_negative=2)
    y, positive = RANDOM.integers(0, 2, 100), RANDOM.random(100)
    (axes,) = figures_classification.draw_threshold_cost(y, positive, 0.33, costs).axes
    assert "chosen: 0.33" in [text.get_text() for text in axes.get_legend().get_texts()]


def test_of_many_slices_the_weakest_and_the_strongest_are_drawn():
    slices = [
        {"by": "job", "group": str(k), "rows": 1000 + k, "value": k, "low": k - 1, "high": k + 1}
        | {"worse": k < 3}
        for k in range(50)
    ]
    (axes,) = figures_diagnosis.draw_slices(slices, 9, "roc_auc").axes
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert names[0] == "job: 0 (1,000)" and names[-1] == "job: 49 (1,049)" and len(names) == 20
    assert axes.get_title("left") == "ROC AUC by slice, test rows"


def test_training_curves_mark_the_best_epoch():
    columns = {"candidate": "cnn", "epoch": [1, 2, 3], "loss": [3, 2, 1]}
    table = pd.DataFrame(columns | {"held_out_loss": [3.0, 2.5, 2.7]})
    (axes,) = figures_diagnosis.draw_training_curves(table).axes
    assert axes.lines[-1].get_xydata().tolist() == [[2, 2.5]]


def test_long_texts_are_broken_into_lines_and_drawn():
    words = [{"word": f"word{k}$", "effect": 0.5 * (-1) ** k} for k in range(40)]
    lines = figures_explanation.break_lines(words)
    assert len(lines) > 3 and sum(map(len, lines)) == 40
    example = {"truth": "bad", "predicted": "$", "probability": 0.7, "words": words}
    figure = figures_explanation.draw_words([example, example])
    figure.canvas.draw()
    assert not overlap(figure.axes[0].texts)


def test_images_are_drawn_above_their_maps(tmp_path):
    image, drop = np.full((8, 8, 1), 200, np.uint8), np.zeros((8, 8))
    wrong = figures_explanation.Occlusion(image.repeat(3, axis=2), drop, "cat 90%", "dog")
    right = figures_explanation.Occlusion(image, drop, "cat 80%", None)
    figure = figures_explanation.draw_occlusion([right, right, wrong], columns=2)
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    assert titles == ["cat 80%", "cat 80%", "cat 90%\ntrue: dog"]
    save_figures({"occlusion": figure}, tmp_path)
    assert (tmp_path / "occlusion.png").read_bytes().startswith(b"\x89PNG")


def test_a_figure_is_saved_as_the_same_bytes_each_time(tmp_path):
    for folder in ("first", "second"):
        features = [{"feature": "age", "value": 0.1, "spread": 0.01}]
        figure = figures_explanation.draw_feature_importance(features, "mae")
        save_figures({"importance": figure}, tmp_path / folder)
    first, second = tmp_path.rglob("importance.png")
    assert first.read_bytes() == second.read_bytes()
