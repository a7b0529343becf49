"""A row of a table as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from .columns import InputColumn, InputSpec

__all__ = ["PART", "Encoder", "InputSpec", "extra_routes", "request_model"]

PART = 1000  # rows of a batch that are answered at a time
Feeds = dict[str, np.ndarray]


def extra_routes(predictor: Any) -> APIRouter:
    """Routes for what else a client may send than JSON: none, for rows of a table."""
    return APIRouter()


def request_model(spec: InputSpec, example: dict[str, Any]) -> type[BaseModel]:
    """Make the class of one request: a field a column, with its type, range and description."""
    fields: dict[str, Any] = {column.tensor: field(column) for column in spec.columns}
    config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
    return create_model("Row", __config__=config, **fields)


def field(column: InputColumn) -> tuple[Any, Any]:
    kind, said = column.accepts()
    about: dict[str, Any] = {"alias": column.name, "description": column.description}
    if not column.required:
        kind, said = kind | None, [*said, {"type": "null"}]
        about["default"] = None
    documented = WithJsonSchema(said[0] if len(said) == 1 else {"anyOf": said})
    return Annotated[kind, documented], Field(**about)


class Encoder:
    """Turns requests into arrays [rows, parts] by input of the graph, and warnings by row."""

    def __init__(self, spec: InputSpec, files: dict[str, bytes]) -> None:
        self.columns = spec.columns

    def __call__(self, rows: Sequence[BaseModel]) -> tuple[Feeds, list[list[str]]]:
        feeds: Feeds = {}
        warnings: list[list[str]] = [[] for _ in rows]
        for column in self.columns:
            values = [getattr(row, column.tensor) for row in rows]
            for value, said in zip(values, warnings, strict=True):
                said.extend(column.warn(value))
            feeds[column.tensor] = column.array(values)
        return feeds, warnings

    def features(self, row: BaseModel) -> dict[str, Any]:
        """What of a request is compared with the reference in the manifest."""
        return {column.name: column.watched(getattr(row, column.tensor)) for column in self.columns}
