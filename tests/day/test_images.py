"""What the track of pictures claims: quality within its time, the same twice, and any folder."""

import csv
import json
import re

import pytest
from projects import Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("track", ["image-classification"], indirect=True, scope="session"),
]

# What differs from run to run; the file of a network holds addresses of the memory.
COST = {"fit_seconds", "predict_seconds_per_1000", "mlflow_run", "megabytes"}


@pytest.fixture
def project(lived, tmp_path) -> Project:
    """A copy of a trained project of this track, to be changed."""
    return lived.copy(tmp_path)


def read_runs(project: Project) -> dict[str, dict[str, str]]:
    with (project.root / "reports/runs.csv").open(encoding="utf-8", newline="") as file:
        return {row["candidate"]: row for row in csv.DictReader(file)}


def read_accuracy(project: Project) -> float:
    metrics = json.loads((project.root / "reports/metrics.json").read_text("utf-8"))
    return metrics["model"]["accuracy"]


def test_a_network_is_worth_its_time(project):
    runs = read_runs(project)
    assert runs["small_resnet"]["chosen"] == "True"
    assert read_accuracy(project) >= 0.88
    assert float(runs["logistic_regression"]["accuracy_mean"]) > 0.8  # what it has to beat
    # Three minutes are claimed of two idle cores; those that test are seldom idle.
    assert sum(float(run["fit_seconds"]) for run in runs.values()) < 300
    assert all(float(run["megabytes"]) < 2 for run in runs.values())


def test_a_second_training_gives_the_same(project):
    before = read_runs(project)
    curves = (project.root / "reports/learning_curves.csv").read_bytes()
    project.run("dvc", "repro", "--force", "--single-item", "train")
    for name, run in read_runs(project).items():
        wanted = {key: value for key, value in before[name].items() if key not in COST}
        assert {key: value for key, value in run.items() if key not in COST} == wanted
    assert (project.root / "reports/learning_curves.csv").read_bytes() == curves


WRITE_PHOTOGRAPHS = """
from pathlib import Path

import numpy as np
from PIL import Image

raw = np.load("data/raw/fashion.npz")
for place, name in {1: "trousers", 7: "sneakers", 8: "bags"}.items():
    folder = Path("data/raw/photographs", name)
    folder.mkdir(parents=True)
    for number, pixels in enumerate(raw["train_images"][raw["train_labels"] == place][:80]):
        size = (40 + number, 100 - number)
        kind = "png" if number % 2 else "jpg"
        Image.fromarray(pixels).convert("RGB").resize(size).save(folder / f"{number:02}.{kind}")
"""


def test_a_folder_of_photographs_takes_what_data_readme_says_and_no_more(project):
    project.run("python", "-c", WRITE_PHOTOGRAPHS)
    replace(project, "data/source.yaml", r"file: .*", "file: data/raw/photographs")
    classes = "classes: [trousers, sneakers, bags]"
    replace(project, "data/schema.yaml", r"classes:.*\n(  - .*\n)+", f"{classes}\n")
    replace(project, "data/schema.yaml", r"channels: 1", "channels: 3")
    said = project.run("dvc", "repro", check=False).stdout
    digest = re.search(r"sha256: [0-9a-f]{64}", said)
    assert digest, said
    replace(project, "data/source.yaml", r"sha256: \w+", digest[0])
    project.run("dvc", "repro")
    assert read_accuracy(project) > 0.85
    manifest = json.loads((project.root / "models/bundle/manifest.json").read_text("utf-8"))
    assert manifest["output"]["labels"] == ["trousers", "sneakers", "bags"]
    assert manifest["input"]["channels"] == 3


def replace(project: Project, name: str, pattern: str, new: str) -> None:
    path = project.root / name
    text, changes = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    assert changes == 1, pattern
    path.write_text(text, encoding="utf-8", newline="\n")
