"""A graph with 8-bit weights is smaller, and answers nearly the same."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from ml_portfolio.export.network import network_to_onnx
from ml_portfolio.export.quantize import in_8_bits
from torch import nn


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


def test_of_an_embedding_only_the_rows_looked_up_are_multiplied_out():
    torch.manual_seed(0)
    words = torch.randint(0, 500, (4, 7))
    graph = network_to_onnx(nn.Sequential(Words(), nn.Linear(32, 3)), words, "x", {0: "batch"})
    small = in_8_bits(graph)
    multiplied = [node for node in onnx.load_from_string(small).graph.node if node.op_type == "Mul"]
    assert multiplied and not any("table" in name for node in multiplied for name in node.input)
    assert np.abs(answers(small, words.numpy()) - answers(graph, words.numpy())).max() < 0.01


class Words(nn.Module):
    """The mean of a text's rows in a table."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(500, 32)

    def forward(self, ids):
        return self.table(ids).mean(1)
