"""A text as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, create_model
from tokenizers import Encoding, Tokenizer

PART = 32  # texts of a batch that are answered at a time: the memory grows with them
QUICK_BYTES = 4_000  # a longer request is read by a thread of its own
Feeds = dict[str, np.ndarray]
TOKENIZER_FILE = "tokenizer.json"
IDS, WORDS = "ids", "words"  # names of the graph's input; a graph has one of them
UNKNOWN = "[UNK]"
SHOWN = 5  # of the pieces that are not known


class InputSpec(BaseModel):
    min_characters: int
    max_characters: int
    max_tokens: int  # of what is longer the rest is not read
    tokenizer: str  # the file of the bundle that parts a text into pieces
    description: str


def extra_routes(predictor: Any) -> APIRouter:
    """Routes for what else a client may send than JSON: none, for texts."""
    return APIRouter()


def request_model(
    spec: InputSpec, files: dict[str, bytes], example: dict[str, Any]
) -> type[BaseModel]:
    """Make the class of one request: a text that is not only white space."""
    about: dict[str, Any] = {
        "description": spec.description,
        "strict": True,
        "min_length": spec.min_characters,
        "max_length": spec.max_characters,
        "pattern": r"\S",
    }
    config = ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})
    return create_model("Text", __config__=config, text=(str, Field(**about)))


class Encoder:
    """Turns requests into the numbers of their pieces, and warnings by request.

    `ids` is [requests, longest], whole numbers filled up with 0; `words` is [requests], the same
    numbers as text with spaces between.
    """

    def __init__(self, spec: InputSpec, files: dict[str, bytes]) -> None:
        self.tokenizer = Tokenizer.from_str(files[spec.tokenizer].decode("utf-8"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(spec.max_tokens)
        self.unknown = self.tokenizer.token_to_id(UNKNOWN)

    def __call__(self, rows: Sequence[BaseModel]) -> tuple[Feeds, list[list[str]]]:
        texts = [row.text.strip() for row in rows]  # type: ignore[attr-defined]
        encodings = self.tokenizer.encode_batch(texts)
        ids = np.zeros((len(rows), max(len(e.ids) for e in encodings)), dtype=np.int64)
        for line, encoding in zip(ids, encodings, strict=True):
            line[: len(encoding.ids)] = encoding.ids
        words = np.array([" ".join(map(str, e.ids)) for e in encodings], dtype=object)
        warnings = [self.warn(*pair) for pair in zip(texts, encodings, strict=True)]
        return {IDS: ids, WORDS: words}, warnings

    def features(self, row: BaseModel) -> dict[str, Any]:
        """What of a request is compared with the reference in the manifest."""
        return {"characters": len(row.text)}  # type: ignore[attr-defined]

    def warn(self, text: str, encoding: Encoding) -> list[str]:
        warnings = []
        if encoding.overflowing:
            warnings.append(
                f"text is longer than {len(encoding.ids)} tokens: the rest was not read"
            )
        places = [
            place
            for number, place in zip(encoding.ids, encoding.offsets, strict=True)
            if number == self.unknown
        ]
        if places:
            named = ", ".join(repr(text[start:end][:20]) for start, end in places[:SHOWN])
            warnings.append(f"{named} is unknown: answered without regard to it")
        return warnings
