"""The small run of the pipeline, and that dvc.yaml names all that a stage depends on."""

import ast
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from ml_portfolio.config import paths
from ml_portfolio.config.files import read_json
from ml_portfolio.config.params import read_yaml

SRC = ROOT / "src" / "your_package"
STAGES = read_yaml(ROOT / "dvc.yaml")["stages"]
OWN = [stage for stage in STAGES if (SRC / f"{stage}.py").is_file()]


@pytest.mark.parametrize("stage", OWN)
def test_dvc_lists_the_modules_of_a_stage(stage):
    """A stage runs again when a module that it imports has changed, or the library."""
    listed = {ROOT / path for path in STAGES[stage]["deps"] if path.startswith("src/")}
    assert listed == modules(SRC / f"{stage}.py", set())
    assert "vendor/ml-portfolio" in STAGES[stage]["deps"]


def modules(path: Path, seen: set[Path]) -> set[Path]:
    """Return a module of this project and all of the project's that it imports."""
    if path in seen:
        return seen
    seen.add(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            for name in [node.module] if node.module else [alias.name for alias in node.names]:
                modules(SRC / f"{name}.py", seen)
    return seen


def test_the_stages_hand_on_their_results(in_trained):
    metrics, choice = read_json(paths.METRICS), read_json(paths.CHOICE)
    runs = pd.read_csv(paths.RUNS).set_index("candidate")
    assert list(runs.index) == list(read_yaml(Path("params.yaml"))["train"]["candidates"])
    assert metrics["candidate"] == runs.index[runs["chosen"]].item() == choice["candidate"]
    assert metrics["candidate"] != metrics["baseline_candidate"]
    assert metrics["output"] == read_json(paths.DECISION)
    assert (paths.BUNDLE / "model.onnx").is_file()
    assert all(path.stat().st_size > 1000 for path in paths.FIGURES.rglob("*.png"))


def test_the_bundle_answers_as_the_trained_model(in_trained):
    exported = read_json(paths.EXPORTED)  # 8-bit weights may move an answer at a tie
    assert exported["different_answers"] <= 0.01 * exported["rows"]
