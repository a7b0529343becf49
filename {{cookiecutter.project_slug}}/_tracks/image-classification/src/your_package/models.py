"""The candidates of the model comparison, from simple to advanced.

A candidate is a function `name(X, seed, **parameters)` that returns a model not fitted yet;
params.yaml lists it under train.candidates with its parameters.
X: images, uint8 [n, height, width, channels], from 0 to 255.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from torch import nn

from .dataset import Images
from .networks import ResNet, convolutional
from .training import NetworkClassifier


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

    width: channels of the first convolution
    """
    network = partial(convolutional, X.shape[1:], width=width, dropout=dropout)
    return classifier(network, seed, shift, mirror, params)


def small_resnet(
    X: np.ndarray, seed: int, shift: int, mirror: bool, width: int, blocks: int, **params: Any
) -> NetworkClassifier:
    """A residual network: deeper, because each block only corrects the one before (networks.py).

    width: channels of the first group of blocks
    blocks: in each of the three groups
    """
    network = partial(ResNet, X.shape[3], width=width, blocks=blocks)
    return classifier(network, seed, shift, mirror, params)


def classifier(
    network: Callable[[int], nn.Module],
    seed: int,
    shift: int,
    mirror: bool,
    params: dict[str, Any],
) -> NetworkClassifier:
    """A network with its training loop. One thread: with images this small, more are slower."""
    examples = partial(Images, shift=shift, mirror=mirror, seed=seed)
    return NetworkClassifier(network, examples, threads=1, seed=seed, **params)


def flat(X: np.ndarray) -> np.ndarray:
    """Images [n, height, width, channels] → numbers from 0 to 1 [n, height · width · channels]."""
    return X.reshape(len(X), -1).astype(np.float32) / 255
