"""Stage `explain`: which parts of a picture the answer hangs on, for some test pictures.

Occlusion (Zeiler & Fergus 2014, section 4.2, https://arxiv.org/abs/1311.2901): a grey patch is slid
over the picture, and where the probability of the answer falls, the patch covered what mattered.
"""

from typing import Any, NamedTuple

import joblib
import matplotlib.pyplot as plt
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
from .plotting import save
from .serving.outputs import choose

METHOD = "occlusion of the picture"


class ExplainParams(Strict):
    pictures: int = Field(ge=1)  # so many right answers, and as many wrong
    patch: int = Field(ge=1)  # its side, in pixels
    stride: int = Field(ge=1)  # by which the patch is moved on


class Occluded(NamedTuple):
    """A test picture with its map."""

    picture: np.ndarray  # [height, width, channels]
    fall: np.ndarray  # of the answer's probability, where a patch lies [height, width]
    answer: str
    truth: str | None  # where the answer is wrong


def occlusion(
    model: Any, picture: np.ndarray, answer: int, grey: int, params: ExplainParams
) -> np.ndarray:
    """Return by how much the probability of an answer falls where the patch lies [height, width].

    A pixel under several patches gets the mean of what they do. Every pixel is under one.
    """
    height, width, _ = picture.shape
    corners = [
        (top, left)
        for top in steps(height, params.patch, params.stride)
        for left in steps(width, params.patch, params.stride)
    ]
    covered = np.repeat(picture[None], len(corners), axis=0)  # [patches, height, width, channels]
    under = np.zeros((len(corners), height, width), bool)
    for place, (top, left) in enumerate(corners):
        under[place, top : top + params.patch, left : left + params.patch] = True
    covered[under] = grey
    falls = predict(model, picture[None])[0, answer] - predict(model, covered)[:, answer]
    return np.tensordot(falls, under, axes=1) / under.sum(axis=0)


def steps(length: int, patch: int, stride: int) -> list[int]:
    """Where patches begin along a side, the last of them at its end."""
    last = max(length - patch, 0)
    return sorted({*range(0, last, stride), last})


def choose_pictures(y: np.ndarray, answers: np.ndarray, sure: np.ndarray, count: int) -> list[int]:
    """The typical right answer of the classes that the model is least sure of, then wrong answers.

    sure: the probability of each answer [n]. Typical is the middle one of a class: where the model
    was wholly sure, no patch changes the answer. Of the wrong ones the surest tell most.
    """
    order = np.argsort(sure, kind="stable")
    right, wrong = (order[(answers == y)[order] == whether] for whether in (True, False))
    by_class = [right[y[right] == place] for place in np.unique(y[right])]
    typical = sorted((int(rows[len(rows) // 2]) for rows in by_class), key=lambda row: sure[row])
    return [*typical[:count], *wrong[::-1][:count].tolist()]


def find_occlusions(
    model: Any, test: HeldOut, threshold: float | None, params: ExplainParams
) -> list[Occluded]:
    """Some right answers and some wrong, each with its map."""
    names, answers, grey = labels(), choose(test.model, threshold), int(test.X.mean())
    sure = test.model[np.arange(len(answers)), answers]
    return [
        Occluded(
            test.X[row],
            occlusion(model, test.X[row], int(answers[row]), grey, params),
            f"{names[answers[row]]} {sure[row]:.0%}",
            None if answers[row] == test.y[row] else names[test.y[row]],
        )
        for row in choose_pictures(test.y, answers, sure, params.pictures)
    ]


def say(found: list[Occluded], patch: int) -> str:
    """What to see in the maps, in a sentence."""
    kinds = {"right": [one.fall.max() for one in found if one.truth is None]}
    kinds["wrong"] = [one.fall.max() for one in found if one.truth is not None]
    falls = [f"{np.median(most):.2f} where it is {kind}" for kind, most in kinds.items() if most]
    return (
        f"Where covering {patch} × {patch} pixels matters most, it lowers the probability of the "
        f"answer by {' and '.join(falls)} (medians): red parts speak for it, blue ones against."
    )


def draw_occlusion(found: list[Occluded], columns: int) -> Figure:
    """Each picture above its map: the redder a part, the more the answer hangs on it."""
    rows = 2 * -(-len(found) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.7 * columns, 1.95 * rows), squeeze=False)
    for panel in axes.flat:
        panel.axis("off")
    for place, one in enumerate(found):
        top, left = 2 * (place // columns), place % columns
        draw_pair(axes[top : top + 2, left], one.picture, one.fall)
        true = "" if one.truth is None else f"\nis: {one.truth}"
        axes[top, left].set_title(one.answer + true, loc="center", fontsize=10)
    figure.suptitle(
        "What the answer hangs on: right answers above, wrong ones below\n"
        "(where it is red, covering weakens the answer; where blue, it strengthens it)",
        fontsize=12,
    )
    return figure


def draw_pair(panels: np.ndarray, picture: np.ndarray, fall: np.ndarray) -> None:
    """Draw a picture, and below it a pale copy under its map."""
    shown = picture if picture.shape[2] == 3 else picture[:, :, 0]
    strongest = max(np.abs(fall).max(), 0.05)
    panels[0].imshow(shown, cmap="gray", vmin=0, vmax=255)
    panels[1].imshow(picture.mean(axis=2), cmap="gray", vmin=0, vmax=255)
    panels[1].imshow(fall, cmap="coolwarm", vmin=-strongest, vmax=strongest, alpha=0.65)


@exit_with_one_line
def main() -> None:
    params = load("explain", ExplainParams)
    threshold = read_json(METRICS)["output"]["threshold"]
    found = find_occlusions(joblib.load(MODEL), load_held_out("test"), threshold, params)
    save(draw_occlusion(found, params.pictures), FIGURES / "explain" / "occlusion.png")
    said = say(found, params.patch)
    write_json(EXPLANATION, {"method": METHOD, "features": [], "examples": [], "said": said})
    print(said)


if __name__ == "__main__":
    main()
