"""The splits that `preprocess` made, as models and evaluation take them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import torch
from ml_portfolio.config.processed import load_rows
from ml_portfolio.images.schema import load_schema
from torch import Tensor
from torch.nn.functional import pad


def load_target() -> dict[str, Any]:
    """Read what is predicted: its name and its classes."""
    schema = load_schema()
    return {"target": schema.target, "labels": list(schema.classes)}


def load_split(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return X, the images of a split, and y, their classes as numbers [n].

    X: uint8 [n, height, width, channels], from 0 to 255
    y: places in the list of classes of data/schema.yaml; of two classes the second is positive
    """
    rows, schema = load_rows(name), load_schema()
    y = pd.Categorical(rows["label"], categories=schema.classes).codes
    return as_array(rows, schema.shape), y.astype("int64")


def as_array(rows: pd.DataFrame, shape: tuple[int, int, int]) -> np.ndarray:
    """Return the images of rows, stored as bytes, as one array [n, *shape]."""
    return np.frombuffer(b"".join(rows["pixels"]), np.uint8).reshape(len(rows), *shape)


def load_traits(name: str) -> pd.DataFrame:
    """Return what the images of a split are grouped by [n, traits]: slices, drift.

    Add a column here, and its name to evaluate.slices in params.yaml, for another kind of slice.
    """
    rows = load_rows(name)
    pixels = as_array(rows, load_schema().shape).reshape(len(rows), -1)  # [n, pixels]
    return pd.DataFrame(
        {
            "brightness": pixels.mean(axis=1),  # 0 black to 255 white
            "contrast": pixels.std(axis=1),
            "label": rows["label"].to_numpy(),
        }
    )


def sensitive_traits() -> list[str]:
    """Return the traits by which nobody should be treated worse: none are known of an image."""
    return []


def load_blocks(name: str) -> np.ndarray:
    """Return which images of a split belong together [n]: each one stands for itself."""
    return np.arange(len(load_rows(name)))


def load_example(name: str, row: int) -> dict[str, Any]:
    """Return how to find one image of a split: its name in the source."""
    return {"name": str(load_rows(name)["name"].iloc[row])}


def fingerprints(X: np.ndarray) -> np.ndarray:
    """Return a number for each image of X [n], the same for images that are the same."""
    return np.array([hash(image.tobytes()) for image in X])


class ImageBatches:
    """Images X for a network's training loop (training.py: Examples).

    X: uint8 [n, height, width, channels]
    shift: in training, an image is moved by at most so many pixels, up or down and sideways
    mirror: whether half of the images are mirrored in training, left to right
    """

    def __init__(self, X: np.ndarray, shift: int, mirror: bool, seed: int) -> None:
        self.X = torch.from_numpy(np.array(X))
        self.lengths: Sequence[int] = [0] * len(X)  # all of one size: there is nothing to pad
        self.shift, self.mirror = shift, mirror
        self.random = torch.Generator().manual_seed(seed)

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        """Return some images, uint8 [rows, height, width, channels]; varied if for training."""
        images = self.X[torch.from_numpy(rows)]
        return self.augment(images) if training else images

    def augment(self, images: Tensor) -> Tensor:
        """Move each image by its own few pixels and mirror half of them; new pixels are 0."""
        count, height, width, _ = images.shape
        padded = pad(images, (0, 0, *[self.shift] * 4))  # channels, width, height
        down, right = torch.randint(2 * self.shift + 1, (2, count, 1), generator=self.random)
        ys = (down + torch.arange(height))[:, :, None]  # [rows, height, 1]
        xs = right + torch.arange(width)  # [rows, width]
        if self.mirror:
            mirrored = torch.rand((count, 1), generator=self.random) < 0.5
            xs = torch.where(mirrored, xs.flip(1), xs)
        return padded[torch.arange(count)[:, None, None], ys, xs[:, None, :]]
