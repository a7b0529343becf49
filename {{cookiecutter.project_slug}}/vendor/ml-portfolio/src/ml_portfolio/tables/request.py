"""A row of a table as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from ml_portfolio.bundle.protocols import DecodeImage, Feeds
from ml_portfolio.tables.columns import InputColumn


class TableInput(BaseModel):
    """The columns of a request, in the order of the graph's inputs."""

    kind: Literal["table"] = "table"
    columns: list[InputColumn]

    def encoder(
        self,
        files: Mapping[str, bytes],
        example: dict[str, Any],
        decode_image: DecodeImage | None = None,
    ) -> "TableEncoder":
        return TableEncoder(self.columns, example)


class TableEncoder:
    """Turns rows into arrays [rows, parts] by input of the graph, and warnings by row."""

    batch_size = 1000
    quick_bytes = 4_000

    def __init__(self, columns: Sequence[InputColumn], example: dict[str, Any]) -> None:
        config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
        fields: dict[str, Any] = {column.tensor: field(column) for column in columns}
        self.request: type[BaseModel] = create_model("Row", __config__=config, **fields)
        self.columns = [(column, column.parts == [""]) for column in columns]

    def __call__(self, rows: Sequence[Any]) -> tuple[Feeds, list[list[str]]]:
        feeds: Feeds = {}
        single: dict[Any, dict[str, Sequence[Any]]] = {np.float32: {}, object: {}}
        warnings: list[list[str]] = [[] for _ in rows]
        by_column = zip(*(vars(row).values() for row in rows), strict=True)
        for (column, is_single), values in zip(self.columns, by_column, strict=True):
            for place in column.unusual(values):
                warnings[place].extend(column.warn(values[place]))
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
    """Return a column's type, with its documentation, and its pydantic field."""
    kind, schemas = column.value_type()
    about: dict[str, Any] = {"alias": column.name, "description": column.description}
    if not column.required:
        kind, schemas = kind | None, [*schemas, {"type": "null"}]
        about["default"] = None
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return Annotated[kind, WithJsonSchema(schema)], Field(**about)
