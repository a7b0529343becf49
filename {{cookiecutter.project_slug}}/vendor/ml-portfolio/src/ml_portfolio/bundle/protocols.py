"""What a bundle needs of a kind of input and of a task. `manifest.py` lists those there are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from pydantic import BaseModel

Feeds = dict[str, np.ndarray]  # arrays by the name of the graph's input
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
        """Return the graph's inputs, each [rows, …], and the warnings of each row."""
        ...

    def features(self, row: Any) -> dict[str, Any]:
        """Return the values of a request that are compared with the training data."""
        ...


class InputSpec(Protocol):
    """What a request may hold, as the manifest describes it."""

    def encoder(
        self,
        files: Mapping[str, bytes],
        example: dict[str, Any],
        decode_image: DecodeImage | None = None,
    ) -> Encoder:
        """Make the encoder. `files` are the bundle's, `example` is a request for documentation."""
        ...


class OutputSpec(Protocol):
    """What is answered, as the manifest describes it."""

    def answer_model(self) -> type[BaseModel]:
        """Make the class of one answer, for the API's documentation."""
        ...

    def decode(self, outputs: np.ndarray) -> list[dict[str, Any]]:
        """Turn the graph's last output [rows, …] into an answer for each row."""
        ...

    def counted(self, answer: dict[str, Any]) -> str:
        """Return the name under which an answer is counted for monitoring."""
        ...

    def difference(self, expected: dict[str, Any], actual: dict[str, Any]) -> float:
        """Return how far two answers to one request are apart; the tolerance limits it."""
        ...
