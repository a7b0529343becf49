"""A row of a table as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, create_model

PART = 1000  # rows of a batch that are answered at a time
Feeds = dict[str, np.ndarray]
LARGEST = float(np.finfo(np.float32).max)  # the graph computes in float32


class InputColumn(BaseModel):
    name: str
    tensor: str  # the graph's name for it
    type: Literal["number", "integer", "category"]
    required: bool
    min: float | None
    max: float | None
    categories: list[str]  # those seen in training
    missing: str | None  # what the graph takes for a missing category
    description: str


class InputSpec(BaseModel):
    columns: list[InputColumn]


def extra_routes(predictor: Any) -> APIRouter:
    """Routes for what else a client may send than JSON: none, for rows of a table."""
    return APIRouter()


def request_model(spec: InputSpec, example: dict[str, Any]) -> type[BaseModel]:
    """Make the class of one request: a field a column, with its type, range and description."""
    fields: dict[str, Any] = {column.tensor: field(column) for column in spec.columns}
    config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
    return create_model("Row", __config__=config, **fields)


def field(column: InputColumn) -> tuple[Any, Any]:
    about: dict[str, Any] = {
        "alias": column.name,
        "description": column.description,
        "strict": True,
    }
    kind: Any = {"number": float, "integer": float, "category": str}[column.type]
    if column.type == "category":
        # A word that training has not seen is answered with a warning, so any text is allowed.
        known = [{"enum": column.categories}, {"type": "string"}]
        about["json_schema_extra"] = lambda schema: schema.update(
            anyOf=known + schema.pop("anyOf", [])[1:]
        )
    else:
        low = -LARGEST if column.min is None else column.min
        high = LARGEST if column.max is None else column.max
        about |= {"ge": low, "le": high}
        if column.type == "integer":  # 38.0 is one too, to JSON and to JavaScript
            about |= {"multiple_of": 1, "json_schema_extra": whole}
    if column.required:
        return kind, Field(**about)
    return kind | None, Field(default=None, **about)


def whole(schema: dict[str, Any]) -> None:
    """Say in the API's documentation that a number is whole: as its type, or one of its types."""
    for kind in (schema, *schema.get("anyOf", [])):
        if kind.get("type") == "number":
            kind.pop("multipleOf", None)
            kind["type"] = "integer"


class Encoder:
    """Turns requests into arrays [rows, 1] by input of the graph, and warnings by row."""

    def __init__(self, spec: InputSpec, files: dict[str, bytes]) -> None:
        self.columns = spec.columns

    def __call__(self, rows: Sequence[BaseModel]) -> tuple[Feeds, list[list[str]]]:
        feeds: Feeds = {}
        warnings: list[list[str]] = [[] for _ in rows]
        for column in self.columns:
            sent = [getattr(row, column.tensor) for row in rows]
            values = [None if value == column.missing else value for value in sent]
            for value, said in zip(values, warnings, strict=True):
                said.extend(warn(column, value))
            feeds[column.tensor] = as_tensor(column, values)
        return feeds, warnings

    def features(self, row: BaseModel) -> dict[str, Any]:
        """What of a request is compared with the reference in the manifest."""
        return {column.name: getattr(row, column.tensor) for column in self.columns}


def warn(column: InputColumn, value: Any) -> list[str]:
    if value is None:
        return [f"{column.name} is missing: answered as for rows where it was not known"]
    if column.categories and value not in column.categories:
        word = value[:40]
        return [f"{column.name} {word!r} is unknown: answered without regard to it"]
    return []


def as_tensor(column: InputColumn, values: list[Any]) -> np.ndarray:
    if column.type == "category":
        known = [column.missing if value is None else value for value in values]
        return np.array(known, dtype=object).reshape(-1, 1)
    return np.array(values, dtype=np.float32).reshape(-1, 1)  # None becomes NaN
