"""A network and its graph give the same probabilities, for batches of any length."""

import numpy as np
import onnxruntime
import pytest
import torch
from ml_portfolio.export.network import network_to_onnx
from torch import nn


class Branches(nn.Module):
    """The mean of a text's rows in a table, or of their negatives where the first is above 10."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(20, 5)

    def forward(self, ids):
        return torch.cond(
            ids[0, 0] > 10,
            lambda x: self.table(x).mean(1),
            lambda x: -self.table(x).mean(1),
            (ids,),
        )


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Embedding(20, 5), nn.Flatten(), nn.Dropout(), nn.LazyLinear(3))


def test_probabilities_are_those_of_the_network(network):
    ids = torch.randint(0, 20, (7, 4))
    graph = network_to_onnx(network, ids[:2], "ids", {0: "batch"})
    session = onnxruntime.InferenceSession(graph)
    assert [tensor.name for tensor in session.get_outputs()] == ["probabilities"]
    for rows in (1, 7):
        (found,) = session.run(None, {"ids": ids[:rows].numpy()})
        expected = network.eval()(ids[:rows]).softmax(1).detach().numpy()
        assert np.abs(found - expected).max() < 1e-6


def test_the_bytes_are_always_the_same_and_hold_no_path_of_this_machine(network):
    ids = torch.randint(0, 20, (2, 4))
    for each in (network, Branches()):
        graph = network_to_onnx(each, ids, "ids", {0: "batch"})
        assert graph == network_to_onnx(each, ids, "ids", {0: "batch"})
        assert b".py" not in graph and b"File" not in graph
