"""Mistakes an owner makes, each answered in one line; and a pipeline that is killed on the way."""

import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest
from projects import Project, clean_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("track", ["tabular-classification"], indirect=True, scope="session"),
]


@pytest.fixture
def project(lived, tmp_path) -> Project:
    """A copy of a trained project, to be broken."""
    return lived.copy(tmp_path)


@pytest.fixture
def run(project):
    """Run a module of the project."""
    return lambda module, *words, **env: project.run(
        "python", "-m", f"{project.package}.{module}".removesuffix("."), *words, check=False, **env
    )


def replace(project, name, old, new):
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def put_raw(project, content: bytes, name="adult.csv.gz"):
    (project.root / "data/raw" / name).write_bytes(content)
    replace(project, "data/source.yaml", "adult.csv.gz", name)


def raw(project) -> bytes:
    return gzip.decompress((project.root / "data/raw/adult.csv.gz").read_bytes())


FAULTS = {
    "column renamed": (lambda text: text.replace(b"age,", b"Age,", 1), "has no column 'age'"),
    "empty": (lambda text: b"", "is empty"),
    "names only": (lambda text: text.splitlines()[0] + b"\n", "no rows"),
    "other encoding": (
        lambda text: text.decode().replace("State", "État").encode("cp1252"),
        "not utf-8",
    ),
    "other delimiter": (lambda text: text.replace(b",", b";"), "seems to be delimited by ';'"),
    "one class": (lambda text: text.replace(b">50K", b"<=50K"), "has one class only"),
    "wrong in every row": (
        lambda text: text.replace(b"United-States", b"USA"),
        "rows cannot be used, .* native-country 'USA' is not one of the categories",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_table_is_named_and_nothing_is_half_written(project, run, fault):
    change, message = FAULTS[fault]
    before = sorted((project.root / "data/processed").iterdir())
    put_raw(project, change(raw(project)), "new.csv")
    said = run("preprocess")
    digest = re.search(r"sha256: [0-9a-f]{64}", said.stdout)
    assert said.returncode == 1 and digest, said.stdout  # first, that the file is another one
    path = project.root / "data/source.yaml"
    path.write_text(re.sub(r"sha256: \w{64}", digest[0], path.read_text("utf-8")), "utf-8")
    check_one_line(run("preprocess"), message)
    assert sorted((project.root / "data/processed").iterdir()) == before


def check_one_line(done, message):
    assert done.returncode == 1, done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.strip()]
    assert line.startswith("error: ") and re.search(message, line), done.stdout


def test_a_file_cut_in_half_is_named(project, run):
    path = project.root / "data/raw/adult.csv.gz"
    path.write_bytes(path.read_bytes()[:100_000])
    check_one_line(run("preprocess"), "is not what data/source.yaml describes")


@pytest.mark.parametrize(
    ("stage", "old", "new", "message"),
    [
        ("train", "folds:", "fold:", "train: unknown key 'fold': did you mean 'folds'"),
        ("train", "folds: 5", "folds: five", "train.folds: .* not 'five'"),
        ("train", "{Cs: [", "{Ds: [", "logistic_regression: .*unexpected keyword argument 'Ds'"),
        ("train", "random_forest:", "forest:", "models.py has no function 'forest'"),
        ("preprocess", "  test_share: 0.2\n", "", "the key 'test_share' is missing"),
        ("preprocess", "preprocess:", "prep:", "the section 'preprocess' is missing"),
        ("evaluate", "confidence: 0.9", "confidence: [", "this is not YAML"),
        (
            "evaluate",
            "positive: 1",
            "positive: 0",
            "costs.false_positive: should be greater",
        ),
        ("evaluate", "slices: [age,", "slices: [agee,", "'agee' is not one of age, workclass"),
        (
            "evaluate",
            "confidence: 0.9",
            "confidence: 5",
            "confidence: should be less than 1",
        ),
        ("preprocess", "seed: 42", "seed: -1", "seed: should be greater than or equal to 0"),
        ("preprocess", "test_share: 0.2", "test_share: 0", "test_share: should be greater than 0"),
        ("preprocess", "test_share: 0.2", "test_share: 0.9", "must be less than 1: lower one"),
        ("train", "folds: 5", "folds: 1", "train.folds: should be greater"),
        ("train", "folds: 5", "folds: 99999", "train.folds is 99999, but must be"),
        ("export", "golden_requests: 5", "golden_requests: 0", "golden_requests: should be"),
    ],
)
def test_a_mistake_in_the_parameters_is_named(project, run, stage, old, new, message):
    replace(project, "params.yaml", old, new)
    check_one_line(run(stage), message)


def test_an_unknown_metric_is_named_before_a_long_training(project, run):
    replace(project, "params.yaml", "metric: roc_auc", "metric: auc")
    replace(project, "params.yaml", "{Cs: [", "{Ds: [")  # a mistake that is met after the baseline
    check_one_line(run("train"), "params.yaml: train.metric 'auc' is not one of accuracy")


def test_dvc_passes_the_line_on(project):
    replace(project, "params.yaml", "cv: 3", "cv: -3")
    done = project.run("dvc", "repro", check=False)
    assert done.returncode != 0 and "Traceback" not in done.stdout
    assert "error: params.yaml: train.candidates.logistic_regression" in done.stdout


def test_a_bundle_that_is_not_there_or_harmed_is_named(project, run):
    serve = ("", "serve", "--port", "0")
    graph = project.root / "models/bundle/model.onnx"
    graph.write_bytes(graph.read_bytes()[:-100])
    damaged = "model.onnx is missing or differs from the manifest: make it with 'uv run dvc repro'"
    check_one_line(run(*serve), damaged)
    shutil.rmtree(project.root / "models")
    check_one_line(run(*serve), "holds no model: make it with 'uv run dvc repro'")


def test_a_port_in_use_or_none_is_named(project, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        check_one_line(run("", "serve", "--port", port), "choose another port")
    for wrong in ("many", "-1", "65536", "80.5"):
        check_one_line(run("", "serve", PORT=wrong), "the setting PORT cannot be used")


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_ctrl_c_stops_the_server_without_a_traceback(project):
    with subprocess.Popen(
        ["python", "-m", project.package, "serve", "--port", "0"],
        executable=str(project.borrowed / "bin" / "python"),
        cwd=project.root,
        env=clean_environment() | project.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A process in the background is born deaf to Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as server:
        assert "http://127.0.0.1" in server.stdout.readline()
        time.sleep(1)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 130
        assert server.stdout.read() == ""


@pytest.mark.skipif(os.name == "nt", reason="kills a process group")
def test_a_killed_pipeline_finishes_when_it_is_run_again(project):
    replace(project, "params.yaml", "seed: 42", "seed: 43")
    replace(
        project, "params.yaml", "    random_forest: {n_estimators: 100, min_samples_leaf: 3}\n", ""
    )
    for seconds in (3, 8, 15, 25, 35):
        victim = subprocess.Popen(
            ["dvc", "repro"],
            executable=str(project.borrowed / "bin" / "dvc"),
            cwd=project.root,
            env=clean_environment() | project.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
    project.run("dvc", "repro")
    assert "Running stage" not in project.run("dvc", "repro").stdout
    assert not list(project.root.rglob(".tmp-*"))
