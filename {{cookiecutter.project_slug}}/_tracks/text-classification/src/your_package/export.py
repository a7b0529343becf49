"""Stage `export`: the chosen model as a bundle, proved to answer as the model itself does.

The bundle is all that the server and the page need: the model as ONNX, the tokenizer, a manifest.
Each test text goes the way of a real request: validated, tokenized, through ONNX, decoded.
"""

import tomllib
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from ml_portfolio.bundle.manifest import FORMAT, GRAPH, Golden, Manifest
from ml_portfolio.config import paths
from ml_portfolio.config.errors import UserError, errors_in_one_line
from ml_portfolio.config.files import read_json, write_json
from ml_portfolio.config.params import Strict, load_section
from ml_portfolio.export.bundle_files import (
    build_bundle,
    check_agreement,
    compare_answers,
    export_facts,
    project_facts,
    write_bundle,
)
from ml_portfolio.export.network import network_to_onnx
from ml_portfolio.export.pipeline import text_pipeline_to_onnx
from ml_portfolio.export.quantize import choose_graph
from ml_portfolio.texts.request import IDS, TOKENIZER_FILE, WORDS, TextInput
from ml_portfolio.texts.schema import Text, load_schema
from pydantic import Field
from sklearn.pipeline import Pipeline
from tokenizers import Tokenizer

from .dataset import TOKENIZER, TokenIds, load_split, load_target, load_tokenizer, max_tokens
from .metrics import predict
from .training import NetworkClassifier


class ExportParams(Strict):
    golden_requests: int = Field(ge=1, le=100)  # kept with their answers, to check the bundle later
    tolerance: float = Field(gt=0, lt=1)  # the most by which ONNX may differ from the model


def to_onnx(model: Any, X: np.ndarray) -> bytes:
    """Convert a candidate fitted on texts X; the output is probabilities [batch, classes].

    A network's input is `ids` [batch, n], padded with 0; a pipeline's is `words` [batch], the same
    ids as text with spaces between. The server makes both with the tokenizer. Raises UserError
    where a model has other inputs, or an estimator that cannot be converted.
    """
    if isinstance(model, NetworkClassifier):
        example = model.examples(X[:2]).batch(np.arange(2), training=False)
        return network_to_onnx(model.network_, example, IDS, {0: "batch", 1: "length"})
    if not isinstance(model, Pipeline) or not isinstance(model[0], TokenIds):
        raise UserError(
            "the model cannot be exported: the server uses the project's tokenizer, so "
            "a candidate is a NetworkClassifier, or a pipeline that starts with TokenIds."
        )
    return text_pipeline_to_onnx(model[1:], WORDS)


def as_requests(X: np.ndarray) -> list[dict[str, Any]]:
    """Return texts X [n] as a client would send them."""
    return [{"text": text} for text in X]


def golden_requests(X: np.ndarray, inputs: TextInput, count: int) -> list[dict[str, Any]]:
    """Return some texts of X, one that is too long, and one with a character that is no word."""
    too_long = " ".join(["no"] * inputs.max_tokens)[: inputs.max_characters]
    return as_requests(np.array([*X[:count], too_long, "What a game \U0001f984"], dtype=object))


def describe_input(text: Text, tokenizer: Tokenizer) -> TextInput:
    """Return what a request may hold."""
    return TextInput(
        min_characters=text.min_characters,
        max_characters=text.max_characters,
        max_tokens=max_tokens(tokenizer),
        tokenizer=TOKENIZER_FILE,
        description=text.description,
    )


@errors_in_one_line
def main() -> None:
    params = load_section("export", ExportParams)
    model, text = joblib.load(paths.MODEL), load_schema().text
    metrics, profile = read_json(paths.METRICS), read_json(paths.PROFILE)
    (X_train, _), (X_test, _) = load_split("train"), load_split("test")
    inputs = describe_input(text, load_tokenizer())
    golden = golden_requests(X_test, inputs, params.golden_requests)
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    manifest = Manifest(
        format=FORMAT,
        **project_facts(project),
        model=metrics["candidate"],
        input=inputs,
        output=read_json(paths.DECISION),
        metrics={key: metrics[key] for key in ("metric", "rows", "model", "baseline", "intervals")},
        data={key: profile[key] for key in ("source", "sha256", "splits")},
        reference=profile["train"],
        tolerance=params.tolerance,
        golden=[Golden(request=request, answer={}) for request in golden],
    )
    files = {GRAPH: to_onnx(model, X_train), TOKENIZER_FILE: TOKENIZER.read_bytes()}
    bundle, description = build_bundle(manifest, files), "float32"
    requests, probabilities = as_requests(X_test), predict(model, X_test)
    agreement = check_agreement(bundle, requests, probabilities)

    if isinstance(model, NetworkClassifier):
        X_validation, y_validation = load_split("validation")
        classes = load_target()["labels"]
        labels = [classes[y] for y in y_validation]
        graph, description = choose_graph(bundle, as_requests(X_validation), labels)
        if graph != files[GRAPH]:  # 8-bit weights change probabilities a little, by intention
            bundle = build_bundle(manifest, {**files, GRAPH: graph})
            agreement = compare_answers(bundle, requests, probabilities)
    write_bundle(bundle, paths.BUNDLE)
    write_json(paths.EXPORTED, export_facts(bundle, agreement, description))


if __name__ == "__main__":
    main()
