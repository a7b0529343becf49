"""A row of a table as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from ml_portfolio.bundle.protocols import DecodeImage, Encoder, Feeds, Files, Request, request_model
from ml_portfolio.tables.columns import InputColumn


class TableInput(BaseModel):
    """The columns of a request, in the order of the graph's inputs."""

    kind: Literal["table"] = "table"
    columns: list[InputColumn]

    def encoder(self, files: Files, example: Request, decode: DecodeImage | None = None) -> Encoder:
        return TableEncoder(self.columns, example)


class TableEncoder:
    """Turns rows into arrays [rows, parts] by input of the graph, and warnings by row."""

    batch_size = 1000
    quick_bytes = 4_000

    def __init__(self, columns: Sequence[InputColumn], example: Request) -> None:
        fields = {column.tensor: field(column) for column in columns}
        self.request = request_model("Row", example, **fields)
        self.columns = [(column, column.parts == [""]) for column in columns]

    def __call__(self, rows: Sequence[Any]) -> tuple[Feeds, list[list[str]]]:
        feeds: Feeds = {}
        single: dict[Any, dict[str, Sequence[Any]]] = {np.float32: {}, object: {}}
        warnings: list[list[str]] = [[] for _ in rows]
        by_column = zip(*(vars(row).values() for row in rows), strict=True)
        for (column, is_single), values in zip(self.columns, by_column, strict=True):
            for place in column.unusual(values):
                warnings[place].append(column.warning(values[place]))
            if is_single:
                single[column.dtype][column.tensor] = column.cells(values)
            else:
                feeds[column.tensor] = column.array(values)
        for dtype, cells in single.items():  # an array for each would take longer than the model
            together: np.ndarray = np.array(list(cells.values()), dtype)  # [columns, rows]
            feeds.update(zip(cells, together[..., np.newaxis], strict=True))
        return feeds, warnings

    def features(self, row: Any) -> dict[str, Any]:
        """Return the values of a row that are compared with the training data."""
        return {each.name: each.feature(getattr(row, each.tensor)) for each, _ in self.columns}


def field(column: InputColumn) -> tuple[Any, Any]:
    """Return the type of a column's values and its pydantic field."""
    kind = column.value_type()
    about: dict[str, Any] = {"alias": column.name, "description": column.description}
    return (kind, Field(**about)) if column.required else (kind | None, Field(None, **about))
