"""A fitted candidate → ONNX. What comes in are word pieces, as serving/inputs.py makes them."""

from typing import Any

import numpy as np
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import StringTensorType
from sklearn.pipeline import Pipeline

from .dataset import labels, load_split
from .learner import Learner
from .network_to_onnx import network_to_onnx
from .processed import load_rows
from .schema import load_schema
from .serving.bundle import GRAPH, Bundle
from .serving.inputs import IDS, TOKENIZER_FILE, WORDS, InputSpec
from .smaller import choose_graph
from .tokens import TOKENIZER, load_tokenizer, max_tokens
from .validation import TEXT

OPSET = 18


def to_onnx(model: Any, X: np.ndarray) -> bytes:
    """Convert a candidate fitted on the texts X [n]. The last output is probabilities [n, classes].

    A network takes `ids` [batch, length], whole numbers filled up with 0; a pipeline takes
    `words` [batch], the numbers as text with spaces between.
    """
    if isinstance(model, Learner):
        example = model.examples(X[:2]).batch(np.arange(2), training=False)
        return network_to_onnx(model.network_, example, IDS, {0: "batch", 1: "length"})
    counted = Pipeline(model.steps[1:])  # its first step, the tokenizer, is the server's
    classifier = counted.steps[-1][1]
    return convert_sklearn(
        counted,
        initial_types=[(WORDS, StringTensorType([None]))],
        options={id(classifier): {"zipmap": False}},
        target_opset=OPSET,
    ).SerializeToString()


def compress(bundle: Bundle) -> tuple[bytes, str]:
    """The graph to be served and, after "served", what it is."""
    if WORDS in bundle.wanted:
        return bundle.files[GRAPH], "as it is"
    _, y = load_split("validation")
    return choose_graph(bundle, as_requests("validation"), [labels()[place] for place in y])


def input_spec() -> InputSpec:
    """What a request must hold."""
    text = load_schema().text
    return InputSpec(
        min_characters=text.min_characters,
        max_characters=text.max_characters,
        max_tokens=max_tokens(load_tokenizer()),
        tokenizer=TOKENIZER_FILE,
        description=text.description,
    )


def as_requests(split: str) -> list[dict[str, Any]]:
    """The rows of a split as a client would send them."""
    return [{"text": text} for text in load_rows(split)[TEXT]]


def golden_requests(count: int) -> list[dict[str, Any]]:
    """Some test rows, then one text that is too long, and one with a sign that is no word."""
    text, longest = load_schema().text, max_tokens(load_tokenizer())
    long = " ".join(["no"] * longest)[: text.max_characters]
    return [*as_requests("test")[:count], {"text": long}, {"text": "What a game \U0001f984"}]


def extra_files() -> dict[str, bytes]:
    """What the bundle needs beside graph and manifest, by name."""
    return {TOKENIZER_FILE: TOKENIZER.read_bytes()}
