"""Stage `explain`: which parts of a picture the answer hangs on, for some test pictures.

Occlusion (Zeiler & Fergus 2014, section 4.2, https://arxiv.org/abs/1311.2901): a grey patch is slid
over the picture, and where the probability of the answer falls, the patch covered what mattered.
"""

from typing import Any

import joblib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from pydantic import Field

from .dataset import labels, load_split
from .errors import exit_with_one_line
from .files import write_json
from .metrics import predict
from .params import Strict, load
from .paths import EXPLANATION, FIGURES, MODEL
from .plotting import save

METHOD = "occlusion of the picture"


class ExplainParams(Strict):
    pictures: int = Field(ge=1)  # so many right answers, and as many wrong
    patch: int = Field(ge=1)  # its side, in pixels
    stride: int = Field(ge=1)  # by which the patch is moved on


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


def choose_pictures(y: np.ndarray, probabilities: np.ndarray, count: int) -> list[int]:
    """The typical right answer of the classes that the model is least sure of, then wrong answers.

    Typical is the middle one of a class by how sure the model was: where it was wholly sure, no
    patch changes the answer. Of the wrong ones, those that it was surest of tell most.
    """
    answers, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    order = np.argsort(sure, kind="stable")
    right, wrong = (order[(answers == y)[order] == whether] for whether in (True, False))
    by_class = [right[y[right] == place] for place in np.unique(y[right])]
    typical = sorted((int(rows[len(rows) // 2]) for rows in by_class), key=lambda row: sure[row])
    return [*typical[:count], *wrong[::-1][:count].tolist()]


def draw_occlusion(
    model: Any, X: np.ndarray, y: np.ndarray, names: list[str], params: ExplainParams
) -> Figure:
    """Each picture above its map: the redder a part, the more the answer hangs on it."""
    probabilities = predict(model, X)
    chosen = choose_pictures(y, probabilities, params.pictures)
    grey = int(X.mean())
    columns = params.pictures
    rows = 2 * -(-len(chosen) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.7 * columns, 1.95 * rows), squeeze=False)
    for panel in axes.flat:
        panel.axis("off")
    for place, row in enumerate(chosen):
        answer = int(probabilities[row].argmax())
        top, left = 2 * (place // columns), place % columns
        said = f"{names[answer]} {probabilities[row, answer]:.0%}"
        true = "" if answer == y[row] else f"\nis: {names[y[row]]}"
        draw_pair(axes[top : top + 2, left], X[row], occlusion(model, X[row], answer, grey, params))
        axes[top, left].set_title(said + true, loc="center", fontsize=10)
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
    X, y = load_split("test")
    figure = draw_occlusion(joblib.load(MODEL), X, y, labels(), params)
    path = FIGURES / "explain" / "occlusion.png"
    save(figure, path)
    said = "In the pictures shown, the answer hangs on the parts drawn in red."
    write_json(EXPLANATION, {"method": METHOD, "features": [], "examples": [], "said": said})
    print(f"{path}: what the answer hangs on in some test pictures")


if __name__ == "__main__":
    main()
