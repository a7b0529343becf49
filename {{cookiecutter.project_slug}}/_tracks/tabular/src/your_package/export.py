"""Stage `export`: the chosen model as a bundle, proved to answer as the model itself does.

The bundle is all that the server and the page need: the model as ONNX, preprocessing included, and
a manifest. Each test row goes the way of a real request: validated, encoded, through ONNX, decoded.
"""

import tomllib
from pathlib import Path

import joblib
from ml_portfolio.bundle.manifest import FORMAT, GRAPH, Golden, Manifest
from ml_portfolio.config import paths
from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import read_json, write_json
from ml_portfolio.config.params import Strict, load_section
from ml_portfolio.config.processed import load_rows
from ml_portfolio.export.bundle_files import (
    build_bundle,
    check_agreement,
    export_facts,
    project_facts,
    write_bundle,
)
from ml_portfolio.export.pipeline import pipeline_to_onnx
from ml_portfolio.tables.column_types import as_requests, golden_requests
from ml_portfolio.tables.schema import load_schema
from pydantic import Field

from .dataset import load_inputs, load_split
from .metrics import predict


class ExportParams(Strict):
    golden_requests: int = Field(ge=1, le=100)  # kept with their answers, to check the bundle later
    tolerance: float = Field(gt=0, lt=1)  # the most by which ONNX may differ from the model


@errors_in_one_line
def main() -> None:
    params = load_section("export", ExportParams)
    model, schema, inputs = joblib.load(paths.MODEL), load_schema(), load_inputs()
    metrics, profile = read_json(paths.METRICS), read_json(paths.PROFILE)
    rows = load_rows("test")
    golden = golden_requests(rows, schema, inputs, params.golden_requests)
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
    bundle = build_bundle(manifest, {GRAPH: pipeline_to_onnx(model, inputs)})
    X, _ = load_split("test")
    agreement = check_agreement(bundle, as_requests(rows, schema), predict(model, X))
    write_bundle(bundle, paths.BUNDLE)
    write_json(paths.EXPORTED, export_facts(bundle, agreement, "float32"))


if __name__ == "__main__":
    main()
