"""A text as a request: what it may hold, and how it reaches the ONNX graph."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, Field

from ml_portfolio.bundle.protocols import DecodeImage, Encoder, Feeds, Files, Request, request_model

TOKENIZER_FILE = "tokenizer.json"
IDS, WORDS = "ids", "words"  # names of the graph's input; a graph has one of them
UNKNOWN = "[UNK]"
MAX_NAMED = 5  # unknown tokens that a warning names


class TextInput(BaseModel):
    """How long a text may be, and the tokenizer that splits it."""

    kind: Literal["text"] = "text"
    min_characters: int
    max_characters: int
    max_tokens: int  # of a longer text, the rest is not read
    tokenizer: str  # the bundle's file
    description: str

    def encoder(self, files: Files, example: Request, decode: DecodeImage | None = None) -> Encoder:
        return TextEncoder(self, files[self.tokenizer], example)


class TextEncoder:
    """Turns texts into token ids, and warnings by text.

    `ids` is [texts, longest], whole numbers padded with 0; `words` is [texts], the same ids as text
    with spaces between.
    """

    batch_size = 32  # memory grows with it
    quick_bytes = 4_000

    def __init__(self, spec: TextInput, tokenizer: bytes, example: Request) -> None:
        from tokenizers import Tokenizer  # only installed where texts are the input

        self.tokenizer = Tokenizer.from_str(tokenizer.decode("utf-8"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(spec.max_tokens)
        self.unknown = self.tokenizer.token_to_id(UNKNOWN)
        size: Any = {"min_length": spec.min_characters, "max_length": spec.max_characters}
        about = Field(description=spec.description, strict=True, pattern=r"\S", **size)
        self.request = request_model("TextRequest", example, text=(str, about))

    def __call__(self, rows: Sequence[Any]) -> tuple[Feeds, list[list[str]]]:
        texts = [row.text.strip() for row in rows]
        encodings = self.tokenizer.encode_batch(texts)
        ids = np.zeros((len(rows), max(len(e.ids) for e in encodings)), dtype=np.int64)
        for line, encoding in zip(ids, encodings, strict=True):
            line[: len(encoding.ids)] = encoding.ids
        words = np.array([" ".join(map(str, e.ids)) for e in encodings], dtype=object)
        warnings = [self.warn(*pair) for pair in zip(texts, encodings, strict=True)]
        return {IDS: ids, WORDS: words}, warnings

    def features(self, row: Any) -> dict[str, Any]:
        """Return the values of a request that are compared with the training data."""
        return {"characters": len(row.text)}

    def warn(self, text: str, encoding: Any) -> list[str]:
        warnings = []
        if encoding.overflowing:
            length = f"longer than {len(encoding.ids)} tokens"
            warnings.append(f"text is {length}: the rest was not read")
        tokens = zip(encoding.ids, encoding.offsets, strict=True)
        places = [place for token, place in tokens if token == self.unknown]
        if places:
            named = ", ".join(repr(text[start:end][:20]) for start, end in places[:MAX_NAMED])
            warnings.append(f"{named} is unknown to the tokenizer, so ignored")
        return warnings
