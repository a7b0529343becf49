import json

import matplotlib.pyplot as plt
import numpy as np

from your_package.explain import (
    STRONG,
    ExplainParams,
    choose_texts,
    draw_words,
    leave_out,
    lines,
)
from your_package.paths import DIAGNOSIS, EXPLANATION


class LovesGood:
    """Sure of a text with the word good in it, and only then."""

    def predict_proba(self, X):
        positive = np.array([0.9 if "good" in text.split() else 0.2 for text in X])
        return np.column_stack([1 - positive, positive])


def test_the_word_that_decides_is_found():
    found = leave_out(LovesGood(), "this is good indeed", 1)
    effects = {one["word"]: round(one["effect"], 6) for one in found}
    assert effects == {"this": 0, "is": 0, "good": 0.7, "indeed": 0}


def test_where_all_texts_are_long_the_shortest_are_explained():
    X = np.array(["word " * length for length in range(40, 60)], dtype=object)
    params = ExplainParams(texts=3, max_words=30)
    assert set(choose_texts(X, np.ones(20, bool), np.ones(20), params)) == {0, 1}


def test_long_texts_are_broken_into_lines_and_drawn():
    words = [{"word": f"word{k}$", "effect": STRONG * (-1) ** k} for k in range(40)]
    assert len(lines(words)) > 3 and sum(map(len, lines(words))) == 40
    one = {"truth": "bad", "said": "good", "probability": 0.7, "words": words}
    figure = draw_words([one])
    figure.canvas.draw()
    plt.close(figure)


def test_the_small_run_is_explained_and_diagnosed(in_trained):
    examples = json.loads(EXPLANATION.read_text(encoding="utf-8"))["examples"]
    assert examples and all(one["words"] for one in examples)
    account = json.loads(DIAGNOSIS.read_text(encoding="utf-8"))
    assert {one["trait"] for one in account["drift"]} >= {"words", "label"}
    assert all(one["request"]["text"] for one in account["mistakes"])
