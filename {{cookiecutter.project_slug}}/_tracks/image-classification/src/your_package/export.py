"""Stage `export`: the chosen model as a bundle, proved to answer as the model itself does.

The bundle is all that the server and the page need: a graph that resizes any image for the network,
a graph from its pixels to probabilities, and a manifest. Each test image goes the way of a real
request: as a PNG file, decoded, resized, through both graphs.
"""

import tomllib
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import torch
from ml_portfolio.bundle.manifest import FORMAT, GRAPH, Golden, Manifest
from ml_portfolio.config import paths
from ml_portfolio.config.errors import errors_in_one_line
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
from ml_portfolio.export.quantize import choose_graph
from ml_portfolio.images.golden import as_requests, golden_requests
from ml_portfolio.images.preparation import preparation
from ml_portfolio.images.request import PREPARATION, ImageInput, border
from ml_portfolio.images.schema import Schema, load_schema
from pydantic import Field
from torch import Tensor, nn

from .dataset import load_split
from .decoding import MAX_BYTES, MAX_PIXELS, decode
from .metrics import predict
from .training import NetworkClassifier


class ExportParams(Strict):
    golden_requests: int = Field(ge=1, le=100)  # kept with their answers, to check the bundle later
    tolerance: float = Field(gt=0, lt=1)  # the most by which ONNX may differ from the model


def to_network(model: Any) -> nn.Module:
    """Return a trained candidate as a network from raw pixels to logits [batch, classes]."""
    if isinstance(model, NetworkClassifier):
        return model.network_
    regression = model[-1]  # the last step of the pipeline
    weights, biases = regression.coef_, regression.intercept_  # [classes, pixels], [classes]
    if len(weights) == 1:  # of two classes scikit-learn keeps the weights of the second only
        weights, biases = np.vstack([0 * weights, weights]), np.append(0, biases)
    return linear(weights, biases)


class Flat(nn.Module):
    """Raw pixels, uint8 [batch, height, width, channels] → numbers from 0 to 1 [batch, pixels]."""

    def forward(self, pixels: Tensor) -> Tensor:
        return pixels.flatten(1).float() / 255


def linear(weights: np.ndarray, biases: np.ndarray) -> nn.Sequential:
    """A fitted logistic regression as a network: weights [classes, pixels], biases [classes]."""
    layer = nn.Linear(weights.shape[1], len(weights))
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights))
        layer.bias.copy_(torch.from_numpy(biases))
    return nn.Sequential(Flat(), layer)


def describe_input(schema: Schema, X: np.ndarray) -> ImageInput:
    """Return what a request may hold, from the schema and from the training images X."""
    return ImageInput(
        width=schema.width,
        height=schema.height,
        channels=schema.channels,
        background=schema.background,
        min_side=schema.min_side,
        max_bytes=MAX_BYTES,
        max_pixels=MAX_PIXELS,
        brightest_border=round(float(border(X).max()), 1),
    )


@errors_in_one_line
def main() -> None:
    params = load_section("export", ExportParams)
    model, schema = joblib.load(paths.MODEL), load_schema()
    metrics, profile = read_json(paths.METRICS), read_json(paths.PROFILE)
    (X_train, _), (X_test, _) = load_split("train"), load_split("test")
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    golden = golden_requests(X_test, params.golden_requests)
    manifest = Manifest(
        format=FORMAT,
        **project_facts(project),
        model=metrics["candidate"],
        input=describe_input(schema, X_train),
        output=read_json(paths.DECISION),
        metrics={key: metrics[key] for key in ("metric", "rows", "model", "baseline", "intervals")},
        data={key: profile[key] for key in ("source", "sha256", "splits")},
        reference=profile["train"],
        tolerance=params.tolerance,
        golden=[Golden(request=request, answer={}) for request in golden],
    )
    example = torch.tensor(X_train[:2])
    files = {
        GRAPH: network_to_onnx(to_network(model), example, "pixels", {0: "batch"}),
        PREPARATION: preparation(schema),
    }
    bundle = build_bundle(manifest, files, decode)
    requests, probabilities = as_requests(X_test), predict(model, X_test)
    agreement = check_agreement(bundle, requests, probabilities)

    X_validation, y_validation = load_split("validation")
    labels = [schema.classes[y] for y in y_validation]
    graph, description = choose_graph(bundle, as_requests(X_validation), labels, decode)
    if graph != files[GRAPH]:  # 8-bit weights change probabilities a little, by intention
        bundle = build_bundle(manifest, {**files, GRAPH: graph}, decode)
        agreement = compare_answers(bundle, requests, probabilities)
    write_bundle(bundle, paths.BUNDLE)
    write_json(paths.EXPORTED, export_facts(bundle, agreement, description))


if __name__ == "__main__":
    main()
