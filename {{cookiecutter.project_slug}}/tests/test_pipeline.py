"""The small run of the pipeline, and that dvc.yaml knows all that it depends on."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from your_package import paths, tracking
from your_package.files import sha256
from your_package.params import PARAMS as PARAMS_FILE
from your_package.params import read_yaml
from your_package.task import BASELINE, LADDER

SRC = ROOT / "src" / "your_package"
PARAMS = YAML(typ="safe").load((ROOT / "params.yaml").read_text(encoding="utf-8"))
STAGES = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
NOT_A_PART = {"cli.py", "errors.py", "files.py", "params.py", "paths.py"}  # how, not what


@pytest.mark.parametrize("stage", STAGES)
def test_dvc_lists_every_parameter_of_a_stage(stage):
    listed = STAGES[stage].get("params", [])
    assert listed == [f"{stage}.{key}" for key in PARAMS.get(stage, {})]


@pytest.mark.parametrize("stage", STAGES)
def test_dvc_lists_the_modules_of_a_stage(stage):
    """Those that it imports, directly or through another; of serving too, but not the page."""
    listed = {ROOT / dep for dep in STAGES[stage]["deps"] if dep.startswith("src/")}
    known = modules(SRC / f"{stage}.py", set())
    layouts = {path.with_suffix(".html") for path in known if path.with_suffix(".html").is_file()}
    assert listed == known | layouts


def modules(path: Path, seen: set[Path]) -> set[Path]:
    """The module and all of the project's that it imports, but for those that only say how."""
    if path in seen or path.name in NOT_A_PART:
        return seen
    seen.add(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [folder / alias.name for alias in node.names]
            for name in [folder, *names]:
                if name.with_suffix(".py").is_file():
                    modules(name.with_suffix(".py"), seen)
    return seen


def test_the_stages_hand_on_what_they_say(in_trained):
    scores = json.loads(paths.METRICS.read_text(encoding="utf-8"))
    runs = pd.read_csv(paths.RUNS).set_index("candidate")
    tried = read_yaml(PARAMS_FILE)["train"]["candidates"]
    assert list(runs.index) == [name for name in LADDER if name in tried]
    assert runs["chosen"].sum() == 1 and not runs.loc[BASELINE, "chosen"]
    assert scores["candidate"] == runs.index[runs["chosen"]].item()
    assert scores["metric"] == PARAMS["train"]["metric"]
    assert paths.MODEL.is_file() and paths.BASELINE_MODEL.is_file()
    pictures = list(paths.FIGURES.rglob("*.png"))
    assert pictures and all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_each_candidate_is_an_mlflow_run(in_trained):
    mlflow = tracking.quiet_mlflow()
    mlflow.set_tracking_uri(tracking.STORE)
    runs = {
        run.info.run_name: run
        for run in mlflow.search_runs(search_all_experiments=True, output_format="list")
    }
    table = pd.read_csv(paths.RUNS).set_index("candidate")
    assert set(runs) == set(table.index)
    for name, run in runs.items():
        assert run.info.run_id == table.loc[name, "mlflow_run"]
        assert run.data.tags["data_sha256"] == sha256(paths.PROCESSED / "train.parquet")
        assert "git_commit" in run.data.tags
    chosen = runs[table.index[table["chosen"]].item()]
    model = mlflow.sklearn.load_model(
        chosen.outputs.model_outputs and f"models:/{chosen.outputs.model_outputs[0].model_id}"
    )
    assert hasattr(model, "predict")


def test_serving_imports_no_training_library():
    code = "import sys, your_package.serving.server; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "dvc",
        "joblib",
        "matplotlib",
        "mlflow",
        "onnx",
        "pandas",
        "pickle5",
        "sklearn",
        "torch",
    }
    assert not heavy & set(done.stdout.split())
