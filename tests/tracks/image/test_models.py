"""The candidates: networks, what they learn, and what the exported graph answers."""

import numpy as np
import onnxruntime
import pytest
import torch
from image_classification import models
from image_classification.dataset import ImageBatches
from image_classification.export import describe_input, to_network
from image_classification.models import Block, ResNet
from ml_portfolio.export.network import network_to_onnx
from ml_portfolio.images.schema import Schema

NETWORK = {"shift": 1, "mirror": True, "epochs": 5, "learning_rate": 0.01, "batch_size": 16}
PARAMS = {
    "logistic_regression": {},
    "small_cnn": {"width": 4, "dropout": 0.1, **NETWORK},
    "small_resnet": {"width": 4, "blocks": 1, **NETWORK},
}


@pytest.fixture(scope="module", params=[(10, 12, 1), (12, 10, 3)], ids=str)
def images(request):
    """Dark and light images X [n, height, width, channels] and their classes y [n]."""
    random, y = np.random.default_rng(0), np.arange(120) % 2
    X = random.integers(0, 156, (120, *request.param)) + 100 * y[:, None, None, None]
    return X.astype(np.uint8), y


@pytest.mark.parametrize("name", PARAMS)
def test_a_candidate_learns_and_its_graph_gives_the_same_probabilities(images, name):
    X, y = images
    model = getattr(models, name)(X, 0, **PARAMS[name]).fit(X, y)
    probabilities = model.predict_proba(X)
    assert (probabilities.argmax(axis=1) == y).mean() > 0.9
    graph = network_to_onnx(to_network(model), torch.tensor(X[:2]), "pixels", {0: "batch"})
    session = onnxruntime.InferenceSession(graph)
    for batch in (X, X[:1]):
        (exported,) = session.run(None, {"pixels": batch})
        assert np.allclose(exported, probabilities[: len(batch)], atol=1e-4)


def test_a_logistic_regression_of_many_classes_is_exported_too(images):
    X, _ = images
    y = np.arange(len(X)) % 3
    model = models.logistic_regression(X, 0).fit(X, y)
    with torch.inference_mode():
        exported = to_network(model)(torch.tensor(X)).softmax(1)
    assert np.allclose(exported, model.predict_proba(X), atol=1e-4)


def test_a_block_that_reduces_the_size_has_a_shortcut_with_weights():
    block = Block(4, 8, 2)
    assert block(torch.rand(2, 4, 8, 8)).shape == (2, 8, 4, 4)
    assert list(block.shortcut.parameters())


def test_the_depth_is_that_of_the_paper():
    layers = [
        module
        for name, module in ResNet(1, 10, width=4, blocks=3).named_modules()
        if isinstance(module, torch.nn.Conv2d | torch.nn.Linear) and "shortcut" not in name
    ]
    assert len(layers) == 6 * 3 + 2


def test_the_seed_decides_the_augmentation(images):
    X, _ = images
    rows = np.arange(len(X))
    first, again, other = (ImageBatches(X, 2, True, seed).batch(rows, True) for seed in (1, 1, 2))
    assert torch.equal(first, again) and not torch.equal(first, other)


def test_half_of_the_images_are_mirrored():
    X = np.zeros((400, 4, 4, 1), np.uint8)
    X[:, :, 0] = 255  # the left column is light
    varied = ImageBatches(X, shift=0, mirror=True, seed=0).batch(np.arange(400), True).numpy()
    assert 0.4 < (varied[:, 0, 0, 0] == 255).mean() < 0.6
    assert (varied[:, 0, 0, 0] != varied[:, 0, 3, 0]).all()


def test_the_lightest_border_in_training_is_described(images):
    X, _ = images
    dark = X.copy()
    dark[:, [0, -1]] = dark[:, :, [0, -1]] = 0
    dark[7, 0] = 200
    schema = Schema(
        target="light", classes=("dark", "light"), background=0, min_side=4,
        height=X.shape[1], width=X.shape[2], channels=X.shape[3],
    )  # fmt: skip
    pixels = 2 * (X.shape[1] + X.shape[2]) - 4
    expected = round(200 * X.shape[2] / pixels, 1)
    assert describe_input(schema, dark).brightest_border == pytest.approx(expected, abs=0.06)
