"""Stage `explain`: which words the answer hangs on, for some test texts.

Occlusion (Li et al. 2016, https://arxiv.org/abs/1612.08220): each word is left out in turn, and by
how much the probability of the answer falls is what the word did for it.
"""

from typing import Any

import joblib
import numpy as np
from matplotlib.figure import Figure
from pydantic import Field

from .dataset import labels
from .errors import exit_with_one_line
from .evaluation.held_out import HeldOut, load_held_out
from .files import read_json, write_json
from .metrics import predict
from .params import Strict, load
from .paths import EXPLANATION, FIGURES, METRICS, MODEL
from .plotting import plt, save
from .serving.outputs import choose

METHOD = "occlusion of words"
LINE = 92  # letters in a line of the figure
SHORTEST = 0.1  # the share of texts that are short enough, however long they are
STRONG = 0.5  # a fall of the probability that is drawn in the strongest colour


class ExplainParams(Strict):
    texts: int = Field(ge=1)  # so many right answers, and as many wrong
    max_words: int = Field(ge=1)  # longer texts are passed over


def leave_out(model: Any, text: str, answer: int) -> list[dict[str, Any]]:
    """By how much the probability of an answer falls without each word."""
    words = text.split()
    without = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    said = predict(model, np.array([text, *without], dtype=object))[:, answer]
    return [
        {"word": word, "effect": float(effect)}
        for word, effect in zip(words, said[0] - said[1:], strict=True)
    ]


def choose_texts(
    X: np.ndarray, is_right: np.ndarray, sure: np.ndarray, params: ExplainParams
) -> list[int]:
    """Right answers the model was least sure of, then the wrong ones it was surest of, all [n]."""
    words = np.array([len(text.split()) for text in X])
    short = (words > 1) & (words <= max(params.max_words, np.quantile(words, SHORTEST)))
    order = np.argsort(sure, kind="stable")
    right, wrong = (order[(of_kind & short)[order]] for of_kind in (is_right, ~is_right))
    return [*right[: params.texts].tolist(), *wrong[::-1][: params.texts].tolist()]


def explain(
    model: Any, texts: HeldOut, threshold: float | None, params: ExplainParams
) -> list[dict[str, Any]]:
    """Return an account of each chosen text."""
    names, answers = labels(), choose(texts.model, threshold)
    sure = texts.model[np.arange(len(answers)), answers]
    return [
        {
            "truth": names[texts.y[row]],
            "said": names[answers[row]],
            "probability": float(sure[row]),
            "words": leave_out(model, texts.X[row], answers[row]),
        }
        for row in choose_texts(texts.X, answers == texts.y, sure, params)
    ]


def lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Break words into lines that fit the figure."""
    broken: list[list[dict[str, Any]]] = [[]]
    for word in words:
        if sum(len(one["word"]) + 1 for one in broken[-1]) + len(word["word"]) > LINE:
            broken.append([])
        broken[-1].append(word)
    return broken


def draw_words(examples: list[dict[str, Any]]) -> Figure:
    """Each text below its answer: the redder a word, the more the answer hangs on it."""
    rows = sum(len(lines(one["words"])) + 2 for one in examples)
    figure, axes = plt.subplots(figsize=(7.6, 0.8 + 0.27 * rows))
    axes.set(xlim=(0, LINE + 2), ylim=(rows, -0.5))
    axes.axis("off")
    colours, row = plt.get_cmap("coolwarm"), 0
    for one in examples:
        true = "" if one["said"] == one["truth"] else f", but it is {one['truth']}"
        said = f"{one['said']} ({one['probability']:.0%}){true}"
        axes.text(0, row, said, fontsize=10, fontweight="bold", va="center")
        for line in lines(one["words"]):
            row += 1
            column = 0
            for word in line:
                shade = colours(0.5 + 0.5 * float(np.clip(word["effect"] / STRONG, -1, 1)))
                box = {"facecolor": (*shade[:3], 0.55), "edgecolor": "none", "pad": 1.5}
                text = word["word"].replace("$", r"\$")  # else matplotlib reads a formula
                axes.text(column, row, text, family="monospace", fontsize=9, va="center", bbox=box)
                column += len(word["word"]) + 1
        row += 2
    axes.set_title("What the answer hangs on: red words carry it, blue ones speak against it")
    return figure


@exit_with_one_line
def main() -> None:
    params = load("explain", ExplainParams)
    threshold = read_json(METRICS)["output"]["threshold"]
    examples = explain(joblib.load(MODEL), load_held_out("test"), threshold, params)
    path = FIGURES / "explain" / "words.png"
    path.parent.mkdir(parents=True, exist_ok=True)  # DVC expects it
    said = "No test text has two words with a space between them, so none was taken apart."
    if examples:
        said = "In the texts shown, the answer hangs most on the words drawn in red."
        save(draw_words(examples), path)
    write_json(EXPLANATION, {"method": METHOD, "features": [], "examples": examples, "said": said})
    print(said)


if __name__ == "__main__":
    main()
