"""A fitted scikit-learn pipeline → ONNX, preprocessing included, one input a column."""

from typing import Any

import pandas as pd
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType

from .processed import load_rows
from .profile import describe
from .schema import MISSING, Column, load_schema
from .serving.bundle import GRAPH, Bundle
from .serving.inputs import InputColumn, InputSpec

OPSET = 21


def to_onnx(model: Any, X: pd.DataFrame) -> bytes:
    """Convert a pipeline fitted on X. Inputs are c0, c1, …: [rows, 1], float32 or text.

    skl2onnx would silently rename inputs that are no identifiers, so the real names stay in
    the manifest. Outputs of a classifier: label [rows], probabilities [rows, classes]; of a
    regressor: value [rows, 1].
    """
    inputs = [
        (
            f"c{place}",
            (FloatTensorType if pd.api.types.is_numeric_dtype(X[name]) else StringTensorType)(
                [None, 1]
            ),
        )
        for place, name in enumerate(X)
    ]
    options = (
        {id(model.steps[-1][1]): {"zipmap": False}} if hasattr(model, "predict_proba") else None
    )
    return convert_sklearn(
        model, initial_types=inputs, options=options, target_opset=OPSET
    ).SerializeToString()


def input_spec() -> InputSpec:
    """What a request must hold, from the schema and from what training has seen."""
    schema, train_rows = load_schema(), load_rows("train")
    columns = [
        input_column(place, column, train_rows[column.name])
        for place, column in enumerate(schema.features)
    ]
    return InputSpec(columns=columns)


def input_column(place: int, column: Column, values: pd.Series) -> InputColumn:
    counts = describe(values, column).get("counts", {})
    return InputColumn(
        name=column.name,
        tensor=f"c{place}",
        type=column.type,  # type: ignore[arg-type]  # no feature is a date
        required=not column.nullable,
        min=column.min,
        max=column.max,
        categories=[word for word in column.categories if word in counts],
        missing=None if column.is_number else MISSING,
        description=column.description,
    )


def as_requests(split: str) -> list[dict[str, Any]]:
    """The rows of a split as a client would send them: plain numbers and words, None if missing."""
    schema, rows = load_schema(), load_rows(split)
    columns = {
        column.name: [None if pd.isna(v) else plain(v, column) for v in rows[column.name]]
        for column in schema.features
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def plain(value: Any, column: Column) -> int | float | str:
    return {"integer": int, "number": float, "category": str}[column.type](value)


def golden_requests(count: int) -> list[dict[str, Any]]:
    """Some test rows, then one with all missing that may be, and one with words never seen.

    They are taken evenly from first to last, for neighbours in time are much alike.
    """
    schema, rows = load_schema(), as_requests("test")
    requests = rows[:: max(len(rows) // count, 1)][:count]
    gaps = {column.name: None for column in schema.features if column.nullable}
    news = {column.name: "never seen" for column in schema.features if not column.is_number}
    return [*requests, *(requests[0] | change for change in (gaps, news) if change)]


def extra_files() -> dict[str, bytes]:
    """What the bundle needs beside graph and manifest, by name: nothing, for rows of a table."""
    return {}


def compress(bundle: Bundle) -> tuple[bytes, str]:
    """The graph to be served and, after "served", what it is: models of tables are small."""
    return bundle.files[GRAPH], "as it is"
