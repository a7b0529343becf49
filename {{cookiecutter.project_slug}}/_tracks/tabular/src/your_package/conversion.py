"""A fitted scikit-learn pipeline → ONNX, preprocessing included, one input a column."""

from typing import Any

import pandas as pd
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType

from . import kinds
from .dataset import load_inputs
from .processed import load_rows
from .schema import load_schema
from .serving.bundle import GRAPH, Bundle
from .serving.columns import InputSpec

OPSET = 21


def to_onnx(model: Any, X: pd.DataFrame) -> bytes:
    """Convert a pipeline fitted on X. Inputs are c0, c1, …: [rows, parts], float32 or text.

    skl2onnx would silently rename inputs that are no identifiers, so the real names stay in
    the manifest. Outputs of a classifier: label [rows], probabilities [rows, classes]; of a
    regressor: value [rows, 1].
    """
    inputs = []
    for column in load_inputs().columns:
        blank = column.array([None])
        kind = StringTensorType if blank.dtype == object else FloatTensorType
        inputs.append((column.tensor, kind([None, blank.shape[1]])))
    options = (
        {id(model.steps[-1][1]): {"zipmap": False}} if hasattr(model, "predict_proba") else None
    )
    return convert_sklearn(
        model, initial_types=inputs, options=options, target_opset=OPSET
    ).SerializeToString()


def input_spec() -> InputSpec:
    """What a request must hold."""
    return load_inputs()


def as_requests(split: str) -> list[dict[str, Any]]:
    """The rows of a split as a client would send them."""
    return kinds.as_requests(load_rows(split), load_schema())


def golden_requests(count: int) -> list[dict[str, Any]]:
    """Some test rows, then one with all missing that may be, and one with words never seen.

    They are taken evenly from first to last, for neighbours in time are much alike.
    """
    rows, columns = as_requests("test"), load_inputs().columns
    requests = rows[:: max(len(rows) // count, 1)][:count]
    gaps = {column.name: None for column in columns if not column.required}
    news = {column.name: "never seen" for column in columns if column.categories}
    return [*requests, *(requests[0] | change for change in (gaps, news) if change)]


def extra_files() -> dict[str, bytes]:
    """What the bundle needs beside graph and manifest, by name: nothing, for rows of a table."""
    return {}


def compress(bundle: Bundle) -> tuple[bytes, str]:
    """The graph to be served and, after "served", what it is: models of tables are small."""
    return bundle.files[GRAPH], "as it is"
