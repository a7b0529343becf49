"""A row of a table as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from .columns import InputColumn, InputSpec

__all__ = ["PART", "QUICK_BYTES", "Encoder", "InputSpec", "extra_routes", "request_model"]

PART = 1000  # rows of a batch that are answered at a time
QUICK_BYTES = 4_000  # a longer request is read by a thread of its own
Feeds = dict[str, np.ndarray]


def extra_routes(predictor: Any) -> APIRouter:
    """Routes for what else a client may send than JSON: none, for rows of a table."""
    return APIRouter()


def request_model(
    spec: InputSpec, files: dict[str, bytes], example: dict[str, Any]
) -> type[BaseModel]:
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
        self.single = [column.parts == [""] for column in spec.columns]

    def __call__(self, rows: Sequence[BaseModel]) -> tuple[Feeds, list[list[str]]]:
        feeds: Feeds = {}
        alike: dict[Any, dict[str, Sequence[Any]]] = {np.float32: {}, object: {}}
        warnings: list[list[str]] = [[] for _ in rows]
        sent = zip(*(vars(row).values() for row in rows), strict=True)  # in the order of columns
        for column, single, values in zip(self.columns, self.single, sent, strict=True):
            for place in column.odd(values):
                warnings[place].extend(column.warn(values[place]))
            if single:
                alike[column.dtype][column.tensor] = column.cells(values)
            else:
                feeds[column.tensor] = column.array(values)
        for dtype, cells in alike.items():  # an array each would take longer than the model
            together: np.ndarray = np.array(list(cells.values()), dtype)  # [columns, rows]
            feeds.update(zip(cells, together[..., np.newaxis], strict=True))
        return feeds, warnings

    def features(self, row: BaseModel) -> dict[str, Any]:
        """What of a request is compared with the reference in the manifest."""
        return {column.name: column.watched(getattr(row, column.tensor)) for column in self.columns}
