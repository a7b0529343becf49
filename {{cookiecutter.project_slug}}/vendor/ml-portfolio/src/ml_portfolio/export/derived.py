"""Derived features → ONNX, for skl2onnx: the operators that their functions were traced to."""

from typing import Any

import numpy as np
from onnx import TensorProto
from skl2onnx.common.data_types import FloatTensorType

from ml_portfolio.tables.derived import DerivedFeatures, trace
from ml_portfolio.tables.expressions import COLUMN, CONSTANT, Expression


def infer_shape(operator: Any) -> None:
    """Set the shape of the transformer's output: [rows, functions]."""
    rows = operator.inputs[0].get_first_dimension()
    width = len(operator.raw_operator.functions)
    operator.outputs[0].type = FloatTensorType([rows, width])


def convert(scope: Any, operator: Any, container: Any) -> None:
    """Add the nodes that compute each function from the columns [rows, columns]."""
    transformer: DerivedFeatures = operator.raw_operator
    functions = transformer.functions.items()
    expressions = [trace(name, function, transformer.columns) for name, function in functions]
    graph = Graph(scope, container, operator.inputs[0].full_name)
    joined = graph.add("Concat", [graph.value_of(each) for each in expressions], axis=1)
    missing = graph.constant(np.float32(np.nan))
    finite = graph.add("Where", [graph.add("IsInf", [joined]), missing, joined])
    output = operator.outputs[0].full_name
    container.add_node("Identity", [finite], [output], name=scope.get_unique_operator_name("N"))


class Graph:
    """Adds nodes for expressions to the container of skl2onnx."""

    def __init__(self, scope: Any, container: Any, columns: str) -> None:
        self.scope, self.container, self.columns = scope, container, columns
        self.names: dict[int, str] = {}  # of values that were added, by the expression's id

    def value_of(self, expression: Expression) -> str:
        """Return the name of the value [rows, 1], which is added where it is not there yet."""
        if id(expression) not in self.names:
            self.names[id(expression)] = self.add_expression(expression)
        return self.names[id(expression)]

    def add_expression(self, expression: Expression) -> str:
        if expression.operator == COLUMN:
            position = self.constant(np.int64(expression.value))
            return self.add("Gather", [self.columns, position], axis=1)
        if expression.operator == CONSTANT:
            return self.constant(np.float32(expression.value))
        settings: dict[str, Any] = {"Cast": {"to": TensorProto.FLOAT}, "Mod": {"fmod": 1}}
        operands = [self.value_of(operand) for operand in expression.operands]
        return self.add(expression.operator, operands, **settings.get(expression.operator, {}))

    def add(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        output: str = self.scope.get_unique_variable_name("derived")
        name = self.scope.get_unique_operator_name(operator)
        self.container.add_node(operator, inputs, [output], name=name, **attributes)
        return output

    def constant(self, value: np.float32 | np.int64) -> str:
        name: str = self.scope.get_unique_variable_name("constant")
        kind = TensorProto.INT64 if isinstance(value, np.int64) else TensorProto.FLOAT
        self.container.add_initializer(name, kind, [1], [value])
        return name
