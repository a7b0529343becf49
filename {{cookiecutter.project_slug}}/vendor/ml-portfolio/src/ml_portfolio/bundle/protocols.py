"""What a bundle needs of a kind of input and of a task. `manifest.py` lists those there are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict, create_model

Request = dict[str, Any]  # as a client sends it
Answer = dict[str, Any]
Files = Mapping[str, bytes]  # of a bundle, by name
Feeds = dict[str, np.ndarray]  # the graph's inputs, each [rows, …], by name
# (content of a file, background 0 to 255, shortest side) → RGB, uint8 [height, width, 3].
# Raises InvalidImage where the content cannot be used.
DecodeImage = Callable[[bytes, int, int], np.ndarray]


class InvalidImage(ValueError):  # noqa: N818 (it is the sender's mistake)
    """Why a file is refused as an image, in words for whoever sent it."""


class Encoder(Protocol):
    """Turns checked requests into the graph's inputs."""

    request: type[BaseModel]  # the class of one request
    batch_size: int  # requests of a batch that are answered at a time
    quick_bytes: int  # a longer request is validated in a thread of its own

    def __call__(self, rows: Sequence[Any]) -> tuple[Feeds, list[list[str]]]:
        """Return the graph's inputs, and the warnings of each row."""

    def features(self, row: Any) -> dict[str, Any]:
        """Return the values of a request that are compared with the training data."""


class OutputSpec(Protocol):
    """What is answered, as the manifest describes it."""

    def answer_model(self) -> type[BaseModel]:
        """Make the class of one answer, for the API's documentation."""

    def decode(self, outputs: np.ndarray) -> list[Answer]:
        """Turn the graph's last output [rows, …] into an answer for each row."""

    def counted(self, answer: Answer) -> str:
        """Return the name under which an answer is counted for monitoring."""

    def difference(self, expected: Answer, actual: Answer) -> float:
        """Return how far two answers to one request are apart; the tolerance limits it."""


def request_model(name: str, example: Request, **fields: Any) -> type[BaseModel]:
    """Make the class of a request: pydantic's fields, and no others."""
    config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
    return create_model(name, __config__=config, **fields)
