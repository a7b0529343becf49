"""A trained PyTorch network → ONNX, with probabilities as its output."""

import logging
import warnings
from typing import Any

import onnx
import torch
from torch import Tensor, nn

OPSET = 18


class Probabilities(nn.Module):
    """A network followed by a softmax."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> Tensor:
        logits: Tensor = self.network(inputs)
        return logits.softmax(1)


def network_to_onnx(network: nn.Module, example: Tensor, name: str, axes: dict[int, str]) -> bytes:
    """Export a network that gives logits [batch, classes] with an example of its input.

    name: of the graph's input
    axes: those of the input whose length may vary, each with a name. The example must be at least
        2 long along them, since the exporter takes 1 for a constant.
    The graph's output is `probabilities` [batch, classes].
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    shapes = {axis: torch.export.Dim(word, min=1) for axis, word in axes.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of torch, about itself
        program: Any = torch.onnx.export(
            Probabilities(network).eval(),
            (example,),
            input_names=[name],
            output_names=["probabilities"],
            dynamic_shapes=(shapes,),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    return without_traces(program.model_proto)


def without_traces(model: onnx.ModelProto) -> bytes:
    """Return a graph without the exporter's notes, which hold paths of the machine it ran on."""
    graphs = [model.graph, *model.functions]
    for graph in graphs:
        notes = [graph, *graph.node, *graph.value_info]
        notes += [] if isinstance(graph, onnx.FunctionProto) else [*graph.input, *graph.output]
        for each in notes:
            del each.metadata_props[:]
        graphs += [a.g for node in graph.node for a in node.attribute if a.HasField("g")]
    return bytes(model.SerializeToString())
