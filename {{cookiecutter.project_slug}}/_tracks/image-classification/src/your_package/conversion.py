"""A trained model → ONNX, from raw pixels to probabilities; and pictures as requests."""

import base64
import io
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from .dataset import labels, load_split
from .learner import Learner
from .network_to_onnx import network_to_onnx
from .preparation import preparation
from .schema import load_schema
from .serving.bundle import Bundle
from .serving.decoding import MAX_BYTES, MAX_PIXELS
from .serving.inputs import PREPARATION, InputSpec, border
from .smaller import choose_graph


def to_onnx(model: Any, X: np.ndarray) -> bytes:
    """Convert a model of pictures X.

    Input: `pixels`, uint8 [batch, height, width, channels]; output: `probabilities` [batch,
    classes]. How pixels become the numbers that the network computes with is in the graph.
    """
    network = model.network_ if isinstance(model, Learner) else as_network(model[-1])
    return network_to_onnx(network, torch.tensor(X[:2]), "pixels", {0: "batch"})


class Flat(nn.Module):
    """What task.py's `flat` does, in PyTorch."""

    def forward(self, pixels: Tensor) -> Tensor:
        return pixels.flatten(1).float() / 255


def as_network(regression: Any) -> nn.Module:
    """A fitted logistic regression as what it is: a network of one linear layer."""
    weights, biases = regression.coef_, regression.intercept_
    if len(weights) == 1:  # of two classes scikit-learn keeps the second's only
        weights, biases = np.vstack([0 * weights, weights]), np.append(0, biases)
    linear = nn.Linear(weights.shape[1], len(weights))
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(weights))
        linear.bias.copy_(torch.from_numpy(biases))
    return nn.Sequential(Flat(), linear)


def input_spec() -> InputSpec:
    """What a request must hold, from the schema and from what training has seen."""
    schema = load_schema()
    X, _ = load_split("train")
    return InputSpec(
        width=schema.width,
        height=schema.height,
        channels=schema.channels,
        background=schema.background,
        min_side=schema.min_side,
        max_bytes=MAX_BYTES,
        max_pixels=MAX_PIXELS,
        brightest_border=round(float(border(X).max()), 1),
    )


def as_requests(split: str) -> list[dict[str, Any]]:
    """The pictures of a split as a client would send them: PNG files, which lose nothing."""
    X, _ = load_split(split)
    return [as_request(as_image(pixels)) for pixels in X]


def as_image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels)


def as_request(image: Image.Image) -> dict[str, Any]:
    file = io.BytesIO()
    image.save(file, "PNG")
    return {"image": base64.b64encode(file.getvalue()).decode()}


def golden_requests(count: int) -> list[dict[str, Any]]:
    """Some test pictures, then the first of them larger, in colour and with a transparent edge."""
    X, _ = load_split("test")
    chosen = [as_image(pixels) for pixels in X[:count]]
    large = chosen[0].convert("RGBA").resize((3 * chosen[0].width, 3 * chosen[0].height))
    framed = Image.new("RGBA", (large.width + 12, large.height + 12))
    framed.paste(large, (6, 6))
    return [as_request(image) for image in [*chosen, framed]]


def extra_files() -> dict[str, bytes]:
    """What the bundle needs beside graph and manifest, by name."""
    return {PREPARATION: preparation(load_schema())}


def compress(bundle: Bundle) -> tuple[bytes, str]:
    """The graph to be served and, after "served", what it is."""
    _, y = load_split("validation")
    return choose_graph(bundle, as_requests("validation"), [labels()[place] for place in y])
