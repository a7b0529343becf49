"""Derived features → ONNX, for skl2onnx: the operators that their functions were traced to."""

from functools import cache
from typing import Any

import numpy as np
from onnx import TensorProto
from skl2onnx.algebra import onnx_ops
from skl2onnx.common.data_types import FloatTensorType

from ml_portfolio.tables.derived import DerivedFeatures, trace
from ml_portfolio.tables.expressions import COLUMN, CONSTANT, Expression

SETTINGS: dict[str, dict[str, int]] = {"Cast": {"to": TensorProto.FLOAT}, "Mod": {"fmod": 1}}


def infer_shape(operator: Any) -> None:
    """Set the shape of the transformer's output: [rows, functions]."""
    rows = operator.inputs[0].get_first_dimension()
    width = len(operator.raw_operator.functions)
    operator.outputs[0].type = FloatTensorType([rows, width])


def convert(scope: Any, operator: Any, container: Any) -> None:
    """Add the nodes that compute each function from the columns [rows, columns]."""
    transformer: DerivedFeatures = operator.raw_operator

    def add(name: str, *inputs: Any, **settings: Any) -> Any:
        node = getattr(onnx_ops, f"Onnx{name}")
        return node(*inputs, op_version=container.target_opset, **settings)

    @cache  # what is used twice is computed once
    def value(expression: Expression) -> Any:  # [rows, 1]
        if expression.operator == COLUMN:
            return add("Gather", operator.inputs[0], np.array([expression.value]), axis=1)
        if expression.operator == CONSTANT:
            return np.array([expression.value], np.float32)
        settings = SETTINGS.get(expression.operator, {})
        return add(expression.operator, *map(value, expression.operands), **settings)

    functions = transformer.functions.items()
    traced = [trace(name, function, transformer.columns) for name, function in functions]
    joined = add("Concat", *map(value, traced), axis=1)
    missing = np.array([np.nan], np.float32)
    output = {"output_names": operator.outputs[:1]}
    add("Where", add("IsInf", joined), missing, joined, **output).add_to(scope, container)
