"""A trained PyTorch network → ONNX: what comes in, through the network, to probabilities."""

import io
import logging
import warnings
from typing import Any

import torch
from torch import Tensor, nn

OPSET = 18


class Answering(nn.Module):
    """A network that gives probabilities, not logits."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> Tensor:
        return self.network(inputs).softmax(1)


def network_to_onnx(network: nn.Module, example: Tensor, name: str, axes: dict[int, str]) -> bytes:
    """Export a network on an example of its input, which will be called `name`.

    axes: those of the input whose length may vary, with a word for each. The example must be at
    least 2 long along them, or the exporter takes the 1 for a constant.
    The graph's output is `probabilities` [batch, classes].
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    shapes = {axis: torch.export.Dim(word, min=1) for axis, word in axes.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of torch, about itself
        program: Any = torch.onnx.export(
            Answering(network).eval(),
            (example,),
            input_names=[name],
            output_names=["probabilities"],
            dynamic_shapes=(shapes,),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    file = io.BytesIO()
    program.save(file)
    return file.getvalue()
