"""The candidates of the model comparison, from simple to advanced, and their networks.

A candidate is a function `name(X, seed, **parameters)` that returns a model not fitted yet;
params.yaml lists it under train.candidates with its parameters.
X: images, uint8 [n, height, width, channels], from 0 to 255.
"""

from functools import partial
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from torch import Tensor, nn

from .dataset import ImageBatches
from .training import NetworkClassifier

THREADS = 1  # with images this small, more threads are slower


def majority(X: np.ndarray, seed: int, **params: Any) -> DummyClassifier:
    """No model: the share of each class in training, whatever the image shows."""
    return DummyClassifier(strategy="prior", **params)


def logistic_regression(X: np.ndarray, seed: int, **params: Any) -> Pipeline:
    """One weight per pixel and class: each class is a template laid over the image."""
    return make_pipeline(FunctionTransformer(flat), LogisticRegression(random_state=seed, **params))


def small_cnn(
    X: np.ndarray, seed: int, shift: int, mirror: bool, width: int, dropout: float, **params: Any
) -> NetworkClassifier:
    """Two convolutions and two linear layers (after LeNet-5: LeCun, Bottou, Bengio & Haffner 1998).

    shift, mirror: augmentation of the training images (dataset.py)
    width: channels of the first convolution
    """
    network = partial(convolutional, X.shape[1:], width=width, dropout=dropout)
    batches = partial(ImageBatches, shift=shift, mirror=mirror, seed=seed)
    return NetworkClassifier(network, batches, threads=THREADS, seed=seed, **params)


def small_resnet(
    X: np.ndarray, seed: int, shift: int, mirror: bool, width: int, blocks: int, **params: Any
) -> NetworkClassifier:
    """A residual network: deeper, because each block only corrects the one before.

    width: channels of the first group of blocks
    blocks: in each of the three groups
    """
    network = partial(ResNet, X.shape[3], width=width, blocks=blocks)
    batches = partial(ImageBatches, shift=shift, mirror=mirror, seed=seed)
    return NetworkClassifier(network, batches, threads=THREADS, seed=seed, **params)


def flat(X: np.ndarray) -> np.ndarray:
    """Images [n, height, width, channels] → numbers from 0 to 1 [n, height · width · channels]."""
    return X.reshape(len(X), -1).astype(np.float32) / 255


class Standardize(nn.Module):
    """Pixels, uint8 [batch, height, width, channels] → numbers [batch, channels, height, width].

    Each channel gets mean 0 and spread 1. Both are learned from the training images the way batch
    normalization learns them (Ioffe & Szegedy 2015), so they are exported with the network.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.normalize = nn.BatchNorm2d(channels, affine=False)

    def forward(self, pixels: Tensor) -> Tensor:
        # contiguous(): on colour images left in their memory order, torch 2.13's backward pass of
        # a strided convolution writes past its memory on one thread, and the process crashes later.
        planes = pixels.permute(0, 3, 1, 2).contiguous()  # [batch, channels, height, width]
        return self.normalize(planes.float() / 255)


def convolutional(
    shape: tuple[int, int, int], classes: int, width: int, dropout: float
) -> nn.Sequential:
    """The network of small_cnn for images of a shape (height, width, channels)."""
    height, across, channels = shape
    return nn.Sequential(
        Standardize(channels),  # [batch, channels, height, across]
        nn.Conv2d(channels, width, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # [batch, width, height / 2, across / 2]
        nn.Conv2d(width, 2 * width, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # [batch, 2 · width, height / 4, across / 4]
        nn.Flatten(),
        nn.Dropout(dropout),
        nn.Linear(2 * width * (height // 4) * (across // 4), 4 * width),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(4 * width, classes),  # [batch, classes]
    )


class ResNet(nn.Module):
    """A small residual network with 6 · blocks + 2 layers, for images of any size.

    Deep Residual Learning for Image Recognition (He et al. 2015, https://arxiv.org/abs/1512.03385);
    sections and equations below are theirs. The plan is the one for small images (section 4.2):
    three groups of blocks, each with half the height and width and twice the channels of the one
    before, then the mean over the image and one linear layer. As in the plan for large images
    (table 1), the first convolution already halves the image: that takes a quarter of the time.
    """

    def __init__(self, channels: int, classes: int, width: int, blocks: int) -> None:
        """width: channels of the first group; blocks: in each of the three groups."""
        super().__init__()
        self.stem = nn.Sequential(
            Standardize(channels),
            nn.Conv2d(channels, width, 5, 2, padding=2, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.groups = nn.Sequential(
            group(width, width, 1, blocks),
            group(width, 2 * width, 2, blocks),
            group(2 * width, 4 * width, 2, blocks),
        )
        self.head = nn.Linear(4 * width, classes)

    def forward(self, pixels: Tensor) -> Tensor:
        x = self.stem(pixels)  # [batch, width, height / 2, across / 2]
        x = self.groups(x)  # [batch, 4 · width, height / 8, across / 8]
        x = x.mean((2, 3))  # [batch, 4 · width]
        return self.head(x)  # [batch, classes]


def group(before: int, after: int, stride: int, blocks: int) -> nn.Sequential:
    """Blocks with `after` channels; the first one changes the number of channels and the size."""
    rest = [Block(after, after, 1) for _ in range(blocks - 1)]
    return nn.Sequential(Block(before, after, stride), *rest)


class Block(nn.Module):
    """y = relu(F(x) + x), equation 1: two 3 × 3 convolutions learn what has to be added to x."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.residual = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(after),  # after each convolution, before the activation (section 3.4)
            nn.ReLU(),
            nn.Conv2d(after, after, 3, padding=1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.shortcut = nn.Sequential()  # x itself
        if stride != 1 or before != after:  # x in the shape of F(x): equation 2, option B
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x: Tensor) -> Tensor:
        return (self.residual(x) + self.shortcut(x)).relu()
