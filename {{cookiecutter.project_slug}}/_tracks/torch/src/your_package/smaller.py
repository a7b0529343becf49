"""A graph of a quarter the size: its weights in 8 bits, its arithmetic as before.

Each row of a matrix is kept as whole numbers from -127 to 127 and one scale (symmetric
quantization: Jacob et al. 2018). The runtime multiplies them out once, when it loads the graph;
those of an embedding when it looks up a word.
Arithmetic in 8 bits (onnxruntime's quantize_dynamic) is nearly twice as fast, but its scales are
those of a whole batch: a fine-tuned encoder's answer moved by up to 0.15 with the other rows, and
by up to 0.5 from the model's own. Here it depends neither on the batch nor on the processor.
"""

from collections.abc import Container, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from .serving.bundle import GRAPH, Bundle

FEWEST = 1024  # weights in a tensor that is worth it
AFFORDABLE = 0.005  # of accuracy


def choose_graph(
    bundle: Bundle, requests: Sequence[dict[str, Any]], truth: Sequence[str]
) -> tuple[bytes, str]:
    """Choose between a bundle's graph and the smaller one by their labels for some requests.

    truth: the right labels [n], of rows that were not learnt from. Returns the graph to be served
    and, after "served", what it is.
    """
    small = in_8_bits(bundle.files[GRAPH])
    both = (bundle, Bundle(bundle.manifest, bundle.files | {GRAPH: small}))
    right = [
        np.mean([a["label"] == label for a, label in zip(each.ask(requests), truth, strict=True)])
        for each in both
    ]
    sizes = [len(each.files[GRAPH]) / 1e6 for each in both]
    found = (
        f"{sizes[1]:.1f} MB instead of {sizes[0]:.1f}, accuracy on {len(truth)} validation rows "
        f"{right[1]:.4f} instead of {right[0]:.4f}"
    )
    if right[0] - right[1] < AFFORDABLE:
        return small, f"with its weights in 8 bits: {found}"
    return bundle.files[GRAPH], f"as it is; with its weights in 8 bits it would be {found}"


def in_8_bits(graph: bytes) -> bytes:
    """Store the large float weights of an ONNX graph as whole numbers and scales."""
    model = onnx.load_from_string(graph)
    del model.graph.value_info[:]
    weights = {tensor.name: tensor for tensor in model.graph.initializer if is_large(tensor)}
    kept = [tensor for tensor in model.graph.initializer if tensor.name not in weights]
    kept += [part for tensor in weights.values() for part in split(tensor)]
    steps = [
        step
        for node in model.graph.node
        for step in (look_up(node) if is_look_up(node, weights) else [node])
    ]
    read = {name for step in steps for name in step.input}
    first = [step for name in weights if name in read for step in multiply_out(name)]
    for field, content in ((model.graph.initializer, kept), (model.graph.node, first + steps)):
        del field[:]
        field.extend(content)
    return model.SerializeToString()


def is_large(tensor: TensorProto) -> bool:
    return tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= FEWEST


def split(tensor: TensorProto) -> list[TensorProto]:
    """Weights [rows, ...] as whole numbers and a scale a row."""
    weights = numpy_helper.to_array(tensor)
    others = tuple(range(1, weights.ndim))
    scale = np.abs(weights).max(axis=others, keepdims=True) / 127  # [rows, 1, ...]
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    whole = np.round(weights / scale).astype(np.int8)
    parts = {f"{tensor.name}_whole": whole, f"{tensor.name}_scale": scale}
    return [numpy_helper.from_array(part, name) for name, part in parts.items()]


def multiply_out(name: str) -> list[NodeProto]:
    """The nodes that make weights of whole numbers and scales."""
    return [
        helper.make_node("Cast", [f"{name}_whole"], [f"{name}_float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_float", f"{name}_scale"], [name]),
    ]


def is_look_up(node: NodeProto, weights: Container[str]) -> bool:
    """Whether it picks rows of weights, as an embedding does."""
    along_rows = all(attribute.i == 0 for attribute in node.attribute)
    return node.op_type == "Gather" and node.input[0] in weights and along_rows


def look_up(node: NodeProto) -> list[NodeProto]:
    """Pick whole numbers and scales: a table of all words would be the most of the memory."""
    (table, places), (picked,) = node.input, node.output
    parts = [
        helper.make_node("Gather", [f"{table}_{part}", places], [f"{picked}_{part}"])
        for part in ("whole", "scale")
    ]
    return [*parts, *multiply_out(picked)]
