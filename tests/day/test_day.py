"""A user's whole day with each track: install, check, train, change, serve, ship."""

import contextlib
import json
import os
import re
import subprocess
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from projects import Project, clean_environment, needs_docker

pytestmark = pytest.mark.slow


def get(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def post(url: str, body: dict) -> dict:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_until_ready(url: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/ready", timeout=2).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"{url} did not become ready")


def check_answers(url: str) -> None:
    """The server gives its golden answers, alone and in a batch, and shows its page."""
    golden = get(f"{url}/model")["golden"]
    assert golden
    for case in golden:
        assert_alike(case["answer"], post(f"{url}/predict", case["request"]))
    rows = [case["request"] for case in golden]
    assert len(post(f"{url}/predict/batch", {"rows": rows})["answers"]) == len(rows)
    with urllib.request.urlopen(url, timeout=10) as page:
        assert "<form" in page.read().decode()


def assert_alike(wanted: dict, got: dict) -> None:
    """Equal, but for the last digits of numbers."""
    assert wanted.keys() == got.keys()
    for key, value in wanted.items():
        if isinstance(value, dict | float):
            assert got[key] == pytest.approx(value, rel=1e-5, abs=1e-4)
        else:
            assert got[key] == value


@contextlib.contextmanager
def served(project: Project, **settings: str) -> Iterator[str]:
    """The project's own server on a free port; it must stop when asked to."""
    own = ["uv", "run", project.root.name]
    program = ["python", "-m", project.package] if project.borrowed else own
    with subprocess.Popen(
        [*program, "serve", "--port", "0"],
        cwd=project.root,
        env=clean_environment() | project.environment() | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        said = server.stdout.readline()
        url = said[said.index("http://") :].split()[0]
        try:
            wait_until_ready(url)
            yield url
        finally:
            server.terminate()
            stopped = server.wait(timeout=10)
        assert stopped in (0, -15, 143)


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="runs in one process")
def test_a_track_is_lived_through_once(request, track):
    assert request.node.nodeid.endswith(f"@{track}")  # the group of tests that share a worker


def test_source_types_and_formatting(lived):
    lived.run("uv", "run", "ruff", "check")
    lived.run("uv", "run", "ruff", "format", "--check")
    lived.run("uv", "run", "mypy")


def test_what_its_own_tests_say_of_its_results_passes_after_training(lived):
    """The others make a small run of their own: they are run right after generation."""
    said = lived.run("uv", "run", "pytest", "tests/test_documents.py", "tests/test_data.py").stdout
    assert " passed" in said and "failed" not in said and "skipped" not in said


def test_its_own_tests_pass_right_after_generation(bake, track, lived):
    fresh = replace(bake(track=track), borrowed=lived.root / ".venv")
    assert " passed" in fresh.run("python", "-m", "pytest").stdout
    assert fresh.run("git", "status", "--porcelain").stdout == ""


def test_a_second_run_does_nothing(lived):
    said = lived.run("uv", "run", "dvc", "repro").stdout
    assert "Running stage" not in said
    assert "up to date" in said


def test_one_key_reruns_what_depends_on_it_and_no_more(lived):
    params = lived.root / "params.yaml"
    before = params.read_bytes()
    golden = b"golden_requests: 5"
    assert golden in before
    try:
        params.write_bytes(before.replace(golden, b"golden_requests: 6"))
        said = lived.run("uv", "run", "dvc", "repro").stdout
        assert re.findall("Running stage '(.*)'", said) == ["export", "report"]
        manifest = json.loads((lived.root / "models/bundle/manifest.json").read_text("utf-8"))
        assert len(manifest["golden"]) >= 6
    finally:
        params.write_bytes(before)
    said = lived.run("uv", "run", "dvc", "repro").stdout
    assert "Running stage 'train'" not in said


def test_it_is_not_ready_to_show_with_our_data_and_words(lived):
    command = ("uv", "run", lived.root.name, "check")
    done = lived.run(*command, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    content = json.loads(lived.run(*command, "--json", check=False).stdout)
    status = {
        each["name"]: each["status"] for found in content["findings"].values() for each in found
    }
    assert all(
        status[name] == "todo" for name in ("own-data", "questions", "placeholders", "saved")
    )
    assert all(status[name] == "ok" for name in ("plan-facts", "reproduced", "documents"))
    assert all(status[name] in ("ok", "todo") for name in ("baseline", "min_gain"))
    gates = lived.run(*command, "--gates", "--json", check=False)
    assert gates.returncode == (0 if json.loads(gates.stdout)["ready"] else 1)


def test_a_changed_library_reruns_the_pipeline_and_check_notices(lived):
    module = lived.root / "vendor/ml-portfolio/src/ml_portfolio/evaluation/threshold.py"
    before = module.read_bytes()
    try:
        module.write_bytes(before + b"# newer\n")
        assert "changed" in lived.run("uv", "run", "dvc", "status").stdout
        command = ("uv", "run", lived.root.name, "check", "--json")
        content = json.loads(lived.run(*command, check=False).stdout)
        found = [each for group in content["findings"].values() for each in group]
        (reproduced,) = [each for each in found if each["name"] == "reproduced"]
        assert reproduced["status"] == "todo" and "vendor/ml-portfolio" in str(reproduced)
    finally:
        module.write_bytes(before)


def test_figures_are_shown_by_dvc(lived):
    assert "baseline" in lived.run("uv", "run", "dvc", "metrics", "show", "--md").stdout
    lived.run("uv", "run", "dvc", "plots", "show", "--out", "dvc_plots")
    assert (lived.root / "dvc_plots" / "index.html").is_file()
    assert list((lived.root / "dvc_plots").rglob("*.png"))


def test_training_leaves_no_litter(lived):
    changed = lived.run("git", "status", "--porcelain", "--untracked-files=all").stdout
    names = {line[3:] for line in changed.splitlines()}
    assert names and all(
        name in ("README.md", "data/README.md", "dvc.lock", "uv.lock")
        or name.startswith("reports/")
        for name in names
    )


def test_it_installs_nothing_newer_than_what_was_tested(lived):
    pyproject = tomllib.loads((lived.root / "pyproject.toml").read_text("utf-8"))
    limit = pyproject["tool"]["uv"]["exclude-newer"]
    lock = tomllib.loads((lived.root / "uv.lock").read_text("utf-8"))
    dates = [
        file["upload-time"]
        for package in lock["package"]
        for file in [package.get("sdist", {}), *package.get("wheels", [])]
        if "upload-time" in file
    ]
    assert len(dates) > 100
    assert max(dates) <= limit


def test_the_server_answers(lived):
    with served(lived) as url:
        check_answers(url)


@needs_docker
def test_the_container_answers(lived):
    image = f"ml-portfolio-test-{lived.package.replace('_', '-')}"
    lived.run("docker", "build", "--tag", image, ".")
    hard = ["--read-only", "--cap-drop", "ALL", "--memory", "512m", "--env", "PORT=9000"]
    started = lived.run("docker", "run", "--detach", *hard, "--publish", "127.0.0.1::9000", image)
    container = started.stdout.split()[-1]
    try:
        port = lived.run("docker", "port", container, "9000").stdout.rsplit(":", 1)[1].strip()
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url)
        check_answers(url)
        inside = ["docker", "exec", container]
        assert lived.run(*inside, "id", "-u").stdout.strip() == "1000"
        assert lived.run(*inside, "touch", "/app/x", check=False).returncode != 0
        listed = lived.run(*inside, "ls", "/app/.venv/lib/python3.13/site-packages").stdout.split()
        assert {"onnxruntime", "ml_portfolio"} <= set(listed)
        assert not {"sklearn", "torch", "mlflow", "dvc", "pandas", "matplotlib"} & set(listed)
    finally:
        print(lived.run("docker", "logs", container, check=False).stdout)
        lived.run("docker", "rm", "--force", container)
        lived.run("docker", "rmi", "--force", image, check=False)
