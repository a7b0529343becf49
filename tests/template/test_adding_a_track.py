"""docs/adding-a-track.md, followed in a copy of the template: a track that rates a text."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from projects import IGNORED, QUESTIONS, SOURCE, TEMPLATE, bake_into, count_lines

GUIDE = (TEMPLATE / "docs" / "adding-a-track.md").read_text(encoding="utf-8")
TOY = Path(__file__).parent / "toy_track"
STAGES = SOURCE / "_tracks" / "tabular-regression" / "dvc.yaml"  # they are the same
REVIEWS = SOURCE / "_tracks" / "text-classification" / "data" / "raw" / "reviews.csv.gz"


@pytest.fixture
def template(tmp_path) -> Path:
    """A copy of the template with the toy track: a folder and a word."""
    template = tmp_path / "template"
    shutil.copytree(TEMPLATE, template, ignore=IGNORED)
    track = template / SOURCE.name / "_tracks" / "text-regression"
    shutil.copytree(TOY, track)
    shutil.copy(STAGES, track)
    (track / "data" / "raw").mkdir()
    shutil.copy(REVIEWS, track / "data" / "raw")
    questions = json.loads((template / "cookiecutter.json").read_text(encoding="utf-8"))
    questions["track"].append("text-regression")
    questions["_names"]["text-regression"] = "Review Ratings"
    questions["__prompts__"]["track"]["text-regression"] = "a text -> a number"
    (template / "cookiecutter.json").write_text(json.dumps(questions), encoding="utf-8")
    return template


def test_the_toy_track_is_small():
    files = [path for path in TOY.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert count_lines([*files, STAGES]) <= 250
    (example,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    toy = json.loads((TOY / "layer.json").read_text(encoding="utf-8"))
    assert json.loads(example).keys() == toy.keys()
    assert all(f"`{name}" in GUIDE for name in ("models.py", "params.yaml", "dvc.yaml", "data/"))
    assert "text-regression" not in QUESTIONS["track"]


def test_it_is_rendered_and_clean(template, tmp_path):
    project = bake_into(tmp_path, template, track="text-regression", package_name="reviews")
    layer = json.loads((TOY / "layer.json").read_text(encoding="utf-8"))
    assert layer["insert"]["problem"][0] in (project.root / "README.md").read_text("utf-8")
    project.run("ruff", "check", "--no-cache", ".")
    project.run("ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.slow
def test_it_trains_and_serves(template, tmp_path):
    project = bake_into(tmp_path, template, track="text-regression", package_name="reviews")
    for stage in ("preprocess", "train", "evaluate", "export"):
        project.run(sys.executable, "-m", f"reviews.{stage}", PYTHONPATH="src")
    metrics = json.loads((project.root / "reports/metrics.json").read_text(encoding="utf-8"))
    assert metrics["intervals"]["gain"]["mae"]["low"] > 0
    ask = (
        "from fastapi.testclient import TestClient\n"
        "from ml_portfolio.bundle.bundle import Bundle\n"
        "from ml_portfolio.config.paths import BUNDLE\n"
        "from ml_portfolio.serving.settings import Settings\n"
        "from reviews.app import create_app\n"
        "client = TestClient(create_app(Bundle.load(BUNDLE), Settings()))\n"
        "ask = lambda text: client.post('/predict', json={'text': text}).json()['value']\n"
        "print(ask('This is a great phone, I love it') > ask('It broke, a terrible phone'))\n"
    )
    done = project.run(sys.executable, "-c", ask, PYTHONPATH="src")
    assert done.stdout.splitlines()[-1] == "True"
