"""The model without a server: onnxruntime alone, on one thread, as fast as it goes in a loop.

`python bare.py WHAT SECONDS` prints rows per second. WHAT: `batch` for arrays of 1,000 rows that
are ready, `text` with tokenizing, `image` with decoding, a row at a time.
"""

import base64
import io
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from fitted import load_bundle
from ml_portfolio.images.request import PREPARATION, Preparation

BUNDLE = load_bundle()
ROWS = [case.request for case in BUNDLE.manifest.golden if not case.answer["warnings"]]


def batch() -> Callable[[int], int]:
    rows = [BUNDLE.encoder.request.model_validate(ROWS[place % len(ROWS)]) for place in range(1000)]
    feeds, _ = BUNDLE.encoder(rows)
    feeds = {name: feeds[name] for name in BUNDLE.input_names}
    return lambda turn: len(BUNDLE.session.run(None, feeds)[0])


def text() -> Callable[[int], int]:
    from tokenizers import Tokenizer

    spec = BUNDLE.manifest.input
    tokenizer = Tokenizer.from_str(BUNDLE.files[spec.tokenizer].decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(spec.max_tokens)
    (wanted,) = BUNDLE.input_names

    def ask(turn: int) -> int:
        ids = tokenizer.encode(ROWS[turn % len(ROWS)]["text"]).ids
        words: Any = [ids] if wanted == "ids" else [" ".join(map(str, ids))]
        kind = np.int64 if wanted == "ids" else object
        BUNDLE.session.run(None, {wanted: np.array(words, dtype=kind)})
        return 1

    return ask


def image() -> Callable[[int], int]:
    from PIL import Image

    files = [base64.b64decode(row["image"]) for row in ROWS]
    prepare = Preparation(BUNDLE.files[PREPARATION]).session

    def ask(turn: int) -> int:
        picture = Image.open(io.BytesIO(files[turn % len(files)])).convert("RGB")
        pixels = prepare.run(None, {"pixels": np.asarray(picture)})[0]
        BUNDLE.session.run(None, {"pixels": pixels[None]})
        return 1

    return ask


def per_second(ask: Callable[[int], int], seconds: float) -> float:
    for turn in range(20):
        ask(turn)
    started, rows, turn = time.perf_counter(), 0, 0
    while time.perf_counter() - started < seconds:
        rows += ask(turn)
        turn += 1
    return rows / (time.perf_counter() - started)


if __name__ == "__main__":
    what = {"batch": batch, "text": text, "image": image}[sys.argv[1]]
    print(per_second(what(), float(sys.argv[2])))
