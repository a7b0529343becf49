"""A bundle answers as the trained model does, and a difference is found before it is written."""

import json
import subprocess
import sys

import numpy as np
import pytest
from library import mixed_table
from library.mixed_table import data, encoder
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.bundle.manifest import FORMAT, GRAPH, Golden, Manifest
from ml_portfolio.config.errors import UserError
from ml_portfolio.export.bundle_files import (
    build_bundle,
    check_agreement,
    compare_answers,
    project_facts,
    write_bundle,
)
from ml_portfolio.export.pipeline import pipeline_to_onnx
from ml_portfolio.tables.column_types import as_requests, golden_requests
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

PROJECT = {"name": "motley", "version": "1.2.0", "description": "A test"}
SCHEMA = mixed_table.schema("classification")


@pytest.fixture(scope="module")
def fitted():
    X, y, _ = data("classification")
    return make_pipeline(encoder(X, scale=True), LogisticRegression(max_iter=1000)).fit(X, y)


@pytest.fixture(scope="module")
def bundle(fitted):
    _, _, inputs = data("classification")
    golden = golden_requests(mixed_table.rows("classification"), SCHEMA, inputs, 3)
    output = ClassificationOutput(
        target="y", labels=["no", "yes"], threshold=0.5, confidence=None, min_probability=None
    )
    manifest = Manifest(
        format=FORMAT,
        **project_facts({"project": PROJECT}),
        model="logistic_regression",
        input=inputs,
        output=output,
        metrics={},
        data={},
        reference={},
        tolerance=1e-4,
        golden=[Golden(request=request, answer={}) for request in golden],
    )
    return build_bundle(manifest, {GRAPH: pipeline_to_onnx(fitted, inputs)})


@pytest.fixture(scope="module")
def requests():
    return as_requests(mixed_table.rows("classification"), SCHEMA)


def test_version_fingerprints_and_golden_answers_are_filled_in(bundle):
    assert bundle.manifest.version == f"1.2.0+{bundle.manifest.sha256[GRAPH][:8]}"
    assert all(0 < case.answer["probabilities"]["yes"] < 1 for case in bundle.manifest.golden)


def test_requests_are_answered_as_by_the_trained_model(bundle, fitted, requests):
    X, _, _ = data("classification")
    agreement = check_agreement(bundle, requests, fitted.predict_proba(X))
    assert agreement.gaps.shape == (len(X),) and agreement.gaps.max() < 1e-5
    assert agreement.different == 0


def test_a_difference_stops_the_export_and_shows_the_rows(bundle, fitted, requests):
    X, _, _ = data("classification")
    wrong = fitted.predict_proba(X)
    wrong[7] = wrong[7, ::-1]
    assert compare_answers(bundle, requests, wrong).different == 1
    message = r"on 1 of 800 test rows; the worst are:\n  0\.\d+ apart: \{'age, in years': "
    with pytest.raises(UserError, match=message):
        check_agreement(bundle, requests, wrong)
    wrong[7] = np.nan
    with pytest.raises(UserError, match="on 1 of 800 test rows"):
        check_agreement(bundle, requests, wrong)


def test_a_written_bundle_replaces_the_one_before_and_can_be_loaded(bundle, tmp_path):
    folder = tmp_path / "models" / "bundle"
    folder.mkdir(parents=True)
    (folder / "old.onnx").write_bytes(b"")
    write_bundle(bundle, folder)
    assert {path.name for path in folder.iterdir()} == {"model.onnx", "manifest.json"}
    assert Bundle.load(folder).manifest == bundle.manifest
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["input"]["columns"][3]["name"] == "цвет"


def test_facts_of_the_project_have_a_repository_or_none():
    facts = project_facts({"project": PROJECT | {"urls": {"Repository": "https://x.org/a/"}}})
    assert facts == PROJECT | {"code": "https://x.org/a"}
    assert project_facts({"project": PROJECT})["code"] == ""


def test_exporting_imports_no_web_framework():
    modules = ("bundle_files", "derived", "network", "pipeline", "quantize")
    imports = "; ".join(f"import ml_portfolio.export.{name}" for name in modules)
    program = f"import sys; {imports}; sys.exit('fastapi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
