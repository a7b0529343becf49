"""The networks, and what training does to images."""

import numpy as np
import pytest
import torch

from your_package.dataset import ImageBatches
from your_package.models import Block, ResNet, Standardize, convolutional

X = np.random.default_rng(0).integers(1, 256, (200, 6, 8, 1), dtype=np.uint8)
ROWS = np.arange(200)


@pytest.mark.parametrize(("channels", "height", "width"), [(1, 28, 28), (3, 17, 40), (1, 9, 9)])
def test_the_resnet_takes_any_size(channels, height, width):
    pixels = torch.randint(256, (2, height, width, channels), dtype=torch.uint8)
    assert ResNet(channels, 7, width=4, blocks=2)(pixels).shape == (2, 7)


def test_a_block_with_zero_weights_passes_its_input_on():
    block = Block(4, 4, 1).eval()
    for weights in block.residual.parameters():
        torch.nn.init.zeros_(weights)
    x = torch.rand(2, 4, 8, 8)
    assert torch.equal(block(x), x)


def test_every_weight_learns():
    for network in (convolutional((12, 16, 3), 5, 4, 0.1), ResNet(3, 5, 4, 1)):
        pixels = torch.randint(256, (8, 12, 16, 3), dtype=torch.uint8)
        network(pixels).square().sum().backward()
        assert all(weights.grad is not None for weights in network.parameters())


def test_pixels_are_standardized():
    numbers = Standardize(2).train()(torch.randint(256, (64, 9, 9, 2), dtype=torch.uint8))
    assert numbers.shape == (64, 2, 9, 9) and numbers.is_contiguous()
    assert numbers.mean((0, 2, 3)).abs().max() < 1e-4
    assert (numbers.std((0, 2, 3)) - 1).abs().max() < 1e-2


def test_augmentation_only_shifts_and_mirrors_and_only_in_training():
    images = ImageBatches(X, shift=1, mirror=True, seed=0)
    assert np.array_equal(images.batch(ROWS, training=False).numpy(), X)
    varied = images.batch(ROWS, training=True).numpy()
    ways = [
        np.pad(side, ((0, 0), (1, 1), (1, 1), (0, 0)))[:, down : down + 6, right : right + 8]
        for side in (X, X[:, :, ::-1])
        for down in range(3)
        for right in range(3)
    ]
    found = np.array([(way == varied).all(axis=(1, 2, 3)) for way in ways])  # [ways, images]
    assert found.any(axis=0).all()  # nothing else is done to any image
    assert found.any(axis=1).all()  # and each way occurs
