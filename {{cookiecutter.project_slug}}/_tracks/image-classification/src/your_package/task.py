"""All that is special to this project's task: the ladder of models, simple first."""

from functools import partial
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from torch import nn

from .learner import Learner
from .pictures import FromPixels, Pictures
from .resnet import ResNet

TASK = "classification"
BASELINE = "majority"  # what every other candidate has to beat; it is never exported


def majority(X: np.ndarray, seed: int, **params: Any) -> Pipeline:
    """No model: the share of each class in training, whatever the picture shows."""
    return make_pipeline(DummyClassifier(strategy="prior", **params))


def logistic_regression(X: np.ndarray, seed: int, **params: Any) -> Pipeline:
    """A weight a pixel and class: each class is one picture, laid over the picture asked about."""
    return make_pipeline(FunctionTransformer(flat), LogisticRegression(random_state=seed, **params))


def small_cnn(
    X: np.ndarray, seed: int, shift: int, mirror: bool, width: int, dropout: float, **params: Any
) -> Learner:
    """Two convolutions and two linear layers (after LeNet-5: LeCun, Bottou, Bengio & Haffner 1998).

    width: channels of the first convolution
    """
    network = partial(convolutional, X.shape[1:], width, dropout)
    return learner(network, seed, shift, mirror, params)


def small_resnet(
    X: np.ndarray, seed: int, shift: int, mirror: bool, width: int, blocks: int, **params: Any
) -> Learner:
    """A residual network: deeper, since each block only corrects the one before (resnet.py).

    width: channels of the first group of blocks
    blocks: in each of the three groups
    """
    network = partial(residual, X.shape[3], width, blocks)
    return learner(network, seed, shift, mirror, params)


LADDER = {
    build.__name__: build for build in (majority, logistic_regression, small_cnn, small_resnet)
}


def learner(network: Any, seed: int, shift: int, mirror: bool, params: dict[str, Any]) -> Learner:
    """One thread: pictures this small leave a second one waiting, and at worst in the way."""
    examples = partial(Pictures, shift=shift, mirror=mirror, seed=seed)
    return Learner(network, examples, threads=1, seed=seed, **params)


def flat(X: np.ndarray) -> np.ndarray:
    """Pictures [n, height, width, channels] → one row a picture, of numbers from 0 to 1."""
    return X.reshape(len(X), -1).astype(np.float32) / 255


def convolutional(
    shape: tuple[int, int, int], width: int, dropout: float, classes: int
) -> nn.Sequential:
    height, across, channels = shape
    return nn.Sequential(
        FromPixels(channels),  # [batch, channels, height, across]
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


def residual(channels: int, width: int, blocks: int, classes: int) -> nn.Sequential:
    return nn.Sequential(FromPixels(channels), ResNet(channels, classes, width, blocks))
