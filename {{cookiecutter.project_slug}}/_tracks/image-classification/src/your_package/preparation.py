"""A picture of any size → the size and the colours of the network, as an ONNX graph of its own.

The raw pictures pass through it in preprocessing, and those of a request when they are served. A
browser can run it too, so that all three see the same pixels. It is not a part of the network's
graph since a batch may hold pictures of unlike sizes, which only then become one array.
"""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .schema import Schema

OPSET, IR = 18, 10
LUMA = [0.299, 0.587, 0.114]  # of red, green and blue in grey: ITU-R BT.601


def preparation(schema: Schema) -> bytes:
    """Make the graph: `pixels` uint8 [h, w, 3] → `prepared` uint8 [height, width, channels].

    It interpolates linearly and, where it makes smaller, takes the mean of what falls together.
    """
    height, width, channels = schema.shape
    weights = np.array([LUMA] if channels == 1 else np.eye(3), np.float32)
    constants = {
        "size": np.array([3, height, width]),
        "weights": weights.T,  # [3, channels]
    }
    how: dict[str, Any] = {"mode": "linear", "antialias": 1, "exclude_outside": 1}
    steps = [
        helper.make_node("Transpose", ["pixels"], ["planes"], perm=[2, 0, 1]),
        helper.make_node("Resize", ["planes", "", "", "size"], ["resized"], **how),
        helper.make_node("Cast", ["resized"], ["numbers"], to=TensorProto.FLOAT),
        # Not Transpose and MatMul: fusing the two crashes onnxruntime 1.31.
        helper.make_node("Einsum", ["numbers", "weights"], ["mixed"], equation="khw,kc->hwc"),
        helper.make_node("Round", ["mixed"], ["rounded"]),
        helper.make_node("Cast", ["rounded"], ["prepared"], to=TensorProto.UINT8),
    ]
    tensor = helper.make_tensor_value_info
    graph = helper.make_graph(
        steps,
        "preparation",
        [tensor("pixels", TensorProto.UINT8, ["h", "w", 3])],
        [tensor("prepared", TensorProto.UINT8, [height, width, channels])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.checker.check_model(model)
    return model.SerializeToString()
