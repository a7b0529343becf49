"""An image of any size → the size and colours of the network, as an ONNX graph of its own.

Preprocessing and the server run it, and so can a browser: all see the same pixels. It is not a
part of the network's graph, since the images of a batch may have different sizes.
"""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ml_portfolio.images.schema import Schema

OPSET, IR = 18, 10
LUMA = [0.299, 0.587, 0.114]  # of red, green and blue in grey: ITU-R BT.601


def preparation(schema: Schema) -> bytes:
    """Make the graph: `pixels` uint8 [h, w, 3] → `prepared` uint8 [height, width, channels].

    It interpolates linearly and, where it reduces, averages the pixels that fall together.
    """
    height, width, channels = schema.shape
    weights = np.array([LUMA] if channels == 1 else np.eye(3), np.float32)
    constants = {
        "size": np.array([3, height, width]),
        "weights": weights.T,  # [3, channels]
    }
    linear: dict[str, Any] = {"mode": "linear", "antialias": 1, "exclude_outside": 1}
    nodes = [
        helper.make_node("Transpose", ["pixels"], ["planes"], perm=[2, 0, 1]),
        helper.make_node("Resize", ["planes", "", "", "size"], ["resized"], **linear),
        helper.make_node("Cast", ["resized"], ["numbers"], to=TensorProto.FLOAT),
        # Not Transpose and MatMul: fusing the two crashes onnxruntime 1.31.
        helper.make_node("Einsum", ["numbers", "weights"], ["mixed"], equation="khw,kc->hwc"),
        helper.make_node("Round", ["mixed"], ["rounded"]),
        helper.make_node("Cast", ["rounded"], ["prepared"], to=TensorProto.UINT8),
    ]
    tensor = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "preparation",
        [tensor("pixels", TensorProto.UINT8, ["h", "w", 3])],
        [tensor("prepared", TensorProto.UINT8, [height, width, channels])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
