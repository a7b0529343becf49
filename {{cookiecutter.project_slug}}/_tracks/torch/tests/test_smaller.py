import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from your_package.network_to_onnx import network_to_onnx
from your_package.smaller import in_8_bits


@pytest.fixture(scope="module")
def graph():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(64, 512), nn.ReLU(), nn.Linear(512, 3))
    return network_to_onnx(network, torch.zeros(2, 64), "x", {0: "batch"})


def answers(graph, x):
    return onnxruntime.InferenceSession(graph).run(None, {"x": x})[0]


def test_it_is_smaller_and_answers_nearly_the_same(graph):
    small = in_8_bits(graph)
    onnx.checker.check_model(onnx.load_from_string(small))
    assert len(small) < len(graph) / 3
    x = np.random.default_rng(0).normal(size=(100, 64)).astype(np.float32)
    gap = np.abs(answers(small, x) - answers(graph, x)).max()
    assert 0 < gap < 0.01


def test_an_answer_does_not_depend_on_its_batch(graph):
    small = in_8_bits(graph)
    x = np.random.default_rng(0).normal(size=(100, 64)).astype(np.float32)
    x[1:] *= 1000
    assert np.abs(answers(small, x)[0] - answers(small, x[:1])[0]).max() < 1e-6
