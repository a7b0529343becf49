"""A graph of a quarter the size: its weights in 8 bits, its arithmetic as before.

Each row of a matrix is stored as integers from -127 to 127 and one scale (symmetric quantization:
Jacob et al. 2018, https://arxiv.org/abs/1712.05877). The runtime multiplies them once, when it
loads the graph; those of an embedding when it looks up a token.
Arithmetic in 8 bits (onnxruntime's quantize_dynamic) is nearly twice as fast, but its scales are
those of a batch: a fine-tuned encoder's answer changed by up to 0.15 with the other rows, and by up
to 0.5 from the trained model. Here it depends neither on the batch nor on the processor.
"""

from collections.abc import Container, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.manifest import GRAPH
from ml_portfolio.bundle.protocols import DecodeImage

MIN_WEIGHTS = 1024  # in a tensor that is worth quantizing
MAX_LOSS = 0.005  # of accuracy


def choose_graph(
    bundle: Bundle,
    requests: Sequence[dict[str, Any]],
    labels: Sequence[str],
    decode_image: DecodeImage | None = None,
) -> tuple[bytes, str]:
    """Choose between a bundle's graph and the smaller one by their accuracy on some requests.

    labels: the true ones [n], of rows that the model has not learned from. Returns the graph to
    serve, and what it is in words.
    """
    small = in_8_bits(bundle.files[GRAPH])
    other = Bundle(bundle.manifest, bundle.files | {GRAPH: small}, decode_image)
    full, quantized = (
        np.mean([a["label"] == label for a, label in zip(each.ask(requests), labels, strict=True)])
        for each in (bundle, other)
    )
    comparison = (
        f"{len(small) / 1e6:.1f} MB instead of {len(bundle.files[GRAPH]) / 1e6:.1f}, accuracy on "
        f"{len(labels):,} validation rows {quantized:.4f} instead of {full:.4f}"
    )
    if full - quantized < MAX_LOSS:
        return small, f"8-bit weights: {comparison}"
    return bundle.files[GRAPH], f"float32; 8-bit weights would be {comparison}"


def in_8_bits(graph: bytes) -> bytes:
    """Store the large float weights of an ONNX graph as integers and scales."""
    model = onnx.load_from_string(graph)
    del model.graph.value_info[:]
    weights = {tensor.name: tensor for tensor in model.graph.initializer if is_large(tensor)}
    stored = [tensor for tensor in model.graph.initializer if tensor.name not in weights]
    stored += [part for tensor in weights.values() for part in quantize(tensor)]
    nodes = [
        new
        for node in model.graph.node
        for new in (look_up(node) if is_look_up(node, weights) else [node])
    ]
    used = {name for node in nodes for name in node.input}
    first = [node for name in weights if name in used for node in dequantize(name)]
    for field, content in ((model.graph.initializer, stored), (model.graph.node, first + nodes)):
        del field[:]
        field.extend(content)
    return bytes(model.SerializeToString())


def is_large(tensor: TensorProto) -> bool:
    return tensor.data_type == TensorProto.FLOAT and bool(np.prod(tensor.dims) >= MIN_WEIGHTS)


def quantize(tensor: TensorProto) -> list[TensorProto]:
    """Return weights [rows, ...] as integers and a scale for each row."""
    weights = numpy_helper.to_array(tensor)
    others = tuple(range(1, weights.ndim))
    scale = np.abs(weights).max(axis=others, keepdims=True) / 127  # [rows, 1, ...]
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    integers = np.round(weights / scale).astype(np.int8)
    parts = {f"{tensor.name}_int8": integers, f"{tensor.name}_scale": scale}
    return [numpy_helper.from_array(part, name) for name, part in parts.items()]


def dequantize(name: str) -> list[NodeProto]:
    """Return the nodes that make weights of integers and scales."""
    return [
        helper.make_node("Cast", [f"{name}_int8"], [f"{name}_float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_float", f"{name}_scale"], [name]),
    ]


def is_look_up(node: NodeProto, weights: Container[str]) -> bool:
    """Return whether a node picks rows of weights, as an embedding does."""
    along_rows = all(attribute.i == 0 for attribute in node.attribute)
    return node.op_type == "Gather" and node.input[0] in weights and along_rows


def look_up(node: NodeProto) -> list[NodeProto]:
    """Pick integers and scales, then multiply: as floats, the whole table would fill the memory."""
    (table, rows), (picked,) = node.input, node.output
    parts = [
        helper.make_node("Gather", [f"{table}_{part}", rows], [f"{picked}_{part}"])
        for part in ("int8", "scale")
    ]
    return [*parts, *dequantize(picked)]
