"""The residual network, and what training does to pictures."""

import numpy as np
import pytest
import torch

from your_package.pictures import FromPixels, Pictures
from your_package.resnet import Block, ResNet
from your_package.task import convolutional, residual


@pytest.mark.parametrize(("channels", "height", "across"), [(1, 28, 28), (3, 17, 40), (1, 9, 9)])
def test_logits_have_a_number_a_class_whatever_the_size(channels, height, across):
    x = torch.rand(2, channels, height, across)
    assert ResNet(channels, 7, width=4, blocks=2)(x).shape == (2, 7)


def test_a_block_whose_weights_are_zero_hands_its_input_on():
    block = Block(4, 4, 1).eval()
    for weights in block.residual.parameters():
        torch.nn.init.zeros_(weights)
    x = torch.rand(2, 4, 8, 8)
    assert torch.equal(block(x), x)


def test_a_block_that_makes_smaller_has_a_shortcut_with_weights():
    block = Block(4, 8, 2)
    assert block(torch.rand(2, 4, 8, 8)).shape == (2, 8, 4, 4)
    assert list(block.shortcut.parameters())


def test_its_depth_is_what_the_paper_says():
    layers = [
        module
        for name, module in ResNet(1, 10, width=4, blocks=3).named_modules()
        if isinstance(module, torch.nn.Conv2d | torch.nn.Linear) and "shortcut" not in name
    ]
    assert len(layers) == 6 * 3 + 2


def test_every_weight_learns():
    for network in (convolutional((12, 16, 3), 4, 0.1, 5), residual(3, 4, 1, 5)):
        pixels = torch.randint(256, (8, 12, 16, 3), dtype=torch.uint8)
        network(pixels).square().sum().backward()
        assert all(weights.grad is not None for weights in network.parameters())


def test_pixels_come_to_mean_zero_and_spread_one():
    layer = FromPixels(2).train()
    pixels = torch.randint(256, (64, 9, 9, 2), dtype=torch.uint8)
    numbers = layer(pixels)
    assert numbers.shape == (64, 2, 9, 9)
    assert numbers.is_contiguous()
    assert numbers.mean((0, 2, 3)).abs().max() < 1e-4
    assert (numbers.std((0, 2, 3)) - 1).abs().max() < 1e-2


X = np.random.default_rng(0).integers(1, 256, (200, 6, 8, 1), dtype=np.uint8)
ROWS = np.arange(200)


def test_pictures_are_varied_in_training_only():
    pictures = Pictures(X, shift=1, mirror=True, seed=0)
    assert np.array_equal(pictures.batch(ROWS, training=False).numpy(), X)
    assert not np.array_equal(pictures.batch(ROWS, training=True).numpy(), X)


def test_what_training_does_is_a_shift_or_a_mirror_image():
    varied = Pictures(X, shift=1, mirror=True, seed=0).batch(ROWS, training=True).numpy()
    ways = [
        np.pad(side, ((0, 0), (1, 1), (1, 1), (0, 0)))[:, down : down + 6, right : right + 8]
        for side in (X, X[:, :, ::-1])
        for down in range(3)
        for right in range(3)
    ]
    found = np.array([(way == varied).all(axis=(1, 2, 3)) for way in ways])  # [ways, pictures]
    assert found.any(axis=0).all()  # nothing else is done to any picture
    assert found.any(axis=1).all()  # and each way is taken by some
    assert 0.3 < found[:9].any(axis=0).mean() < 0.7


def test_the_seed_decides_how_pictures_are_varied():
    first, again, other = (
        Pictures(X, shift=2, mirror=True, seed=seed).batch(ROWS, training=True)
        for seed in (1, 1, 2)
    )
    assert torch.equal(first, again) and not torch.equal(first, other)
