"""Pictures as a network takes them: put together into batches, shifted and mirrored in training."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import pad


class Pictures:
    """Raw pictures X, uint8 [n, height, width, channels], made ready for a Learner.

    shift: by how many pixels, at most, a picture is moved in training, up or down and sideways
    mirror: whether half of the pictures are mirrored in training, left to right
    """

    def __init__(self, X: np.ndarray, shift: int, mirror: bool, seed: int) -> None:
        self.X = torch.from_numpy(np.array(X))
        self.lengths: Sequence[int] = [0] * len(X)  # all of one size: nothing is to be padded
        self.shift, self.mirror = shift, mirror
        self.random = torch.Generator().manual_seed(seed)

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        """Return pictures, uint8 [rows, height, width, channels]."""
        pictures = self.X[torch.from_numpy(rows)]
        return self.augment(pictures) if training else pictures

    def augment(self, pictures: Tensor) -> Tensor:
        """Move each picture by its own few pixels and mirror half of them; what comes in is 0."""
        count, height, width, _ = pictures.shape
        sides = (0, 0, *2 * (self.shift, self.shift))  # none for channels; width; height
        padded = pad(pictures, sides)
        down, right = torch.randint(2 * self.shift + 1, (2, count, 1), generator=self.random)
        ys = (down + torch.arange(height))[:, :, None]  # [rows, height, 1]
        xs = right + torch.arange(width)  # [rows, width]
        if self.mirror:
            turned = torch.rand((count, 1), generator=self.random) < 0.5
            xs = torch.where(turned, xs.flip(1), xs)
        return padded[torch.arange(count)[:, None, None], ys, xs[:, None, :]]


class FromPixels(nn.Module):
    """Raw pictures, uint8 [batch, height, width, channels] → the numbers a network computes with.

    The mean and the spread of each channel are learnt from the training pictures as batch
    normalisation learns them (Ioffe & Szegedy 2015), so they are a part of the network.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.standardise = nn.BatchNorm2d(channels, affine=False)

    def forward(self, pixels: Tensor) -> Tensor:
        # Contiguous: on colours left in their order, torch 2.13's backward pass of a strided
        # convolution writes past its memory, on one thread, and the process crashes later.
        planes = pixels.permute(0, 3, 1, 2).contiguous()  # [b, channels, h, w]
        return self.standardise(planes.float() / 255)
