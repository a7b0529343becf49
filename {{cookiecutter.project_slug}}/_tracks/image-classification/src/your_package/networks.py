"""The networks of the comparison, from raw pixels to one number (a logit) per class."""

import numpy as np
import torch
from torch import Tensor, nn


class Flat(nn.Module):
    """Raw pixels, uint8 [batch, height, width, channels] → numbers from 0 to 1 [batch, pixels]."""

    def forward(self, pixels: Tensor) -> Tensor:
        return pixels.flatten(1).float() / 255


def linear(weights: np.ndarray, biases: np.ndarray) -> nn.Sequential:
    """A fitted logistic regression as a network: weights [classes, pixels], biases [classes]."""
    layer = nn.Linear(weights.shape[1], len(weights))
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights))
        layer.bias.copy_(torch.from_numpy(biases))
    return nn.Sequential(Flat(), layer)


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
    """Two convolutions and two linear layers, after LeNet-5 (LeCun, Bottou, Bengio & Haffner 1998).

    shape: of an image, (height, width, channels)
    width: channels of the first convolution
    """
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
