"""Splits, and photographs of two classes through all stages."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from image_classification import evaluate, export, preprocess, train
from image_classification.decoding import decode
from image_classification.preprocess import PreprocessParams, check_classes, split_images
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import read_json
from ml_portfolio.config.params import read_yaml
from ml_portfolio.config.paths import (
    BUNDLE,
    DECISION,
    DIAGNOSIS,
    EXPORTED,
    METRICS,
    REJECTED,
    SOURCE,
)
from ml_portfolio.images.raw import fingerprint
from ml_portfolio.images.schema import Schema
from PIL import Image
from ruamel.yaml import YAML

TRACK = Path(__file__).parents[3] / "{{cookiecutter.project_slug}}/_tracks/image-classification"
PARAMS = PreprocessParams(seed=1, validation_share=0.2, test_share=0.2, max_rejected_share=0.1)
SCHEMA = Schema(
    target="animal", classes=("cat", "dog"), width=6, height=5, channels=1, min_side=4, background=0
)
CLASSES = ("dark", "light")
SCHEMA_FILE, PARAMS_FILE = Path("data/schema.yaml"), Path("params.yaml")


def rows_of(labels, kept=0):
    """Rows of images with these labels; the last `kept` are kept for testing by the source."""
    part = ["train" if kept else ""] * (len(labels) - kept) + ["test"] * kept
    return pd.DataFrame({"name": range(len(labels)), "label": labels, "part": part})


def test_images_kept_for_testing_stay_the_test_split():
    rows = rows_of(["cat", "dog"] * 20, kept=10)
    splits = split_images(rows, PARAMS)
    assert {name: len(part) for name, part in splits.items()} == {
        "train": 22,
        "validation": 8,
        "test": 10,
    }
    assert splits["test"]["name"].tolist() == list(range(30, 40))


def test_every_class_keeps_its_share_and_the_seed_decides():
    rows = rows_of(["cat"] * 60 + ["dog"] * 30)
    splits = split_images(rows, PARAMS)
    for part in splits.values():
        assert (part["label"] == "dog").mean() == pytest.approx(1 / 3, abs=0.02)
    again, other = (split_images(rows, PARAMS.model_copy(update={"seed": n})) for n in (1, 2))
    assert splits["train"].equals(again["train"]) and not splits["train"].equals(other["train"])


@pytest.mark.parametrize(
    ("labels", "kept", "message"),
    [
        (["cat"] * 32 + ["dog"] * 8, 0, "'dog' has 8 good images to learn from: collect 10 or"),
        (["cat"] * 40, 0, "'dog' has 0 good images"),
        (["dog", "cat"] * 20, 22, "'cat' has 9 good images"),
        (["dog", "cat"] * 20, 20, "validation_share takes 16 of 20 .* from 2, .* to 10, half of"),
    ],
)
def test_too_few_images_to_learn_from_are_named(labels, kept, message):
    rows, params = rows_of(labels, kept), PARAMS.model_copy(update={"validation_share": 0.4})
    with pytest.raises(UserError, match=message):
        check_classes(rows, SCHEMA)
        split_images(rows, params)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose raw data are photographs of different sizes, in colour, of two classes."""
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(0)
    for label, most in zip(CLASSES, (100, 256), strict=True):
        (tmp_path / "photos" / label).mkdir(parents=True)
        for place in range(30):
            height, width = random.integers(20, 60, 2)
            pixels = random.integers(most - 100, most, (height, width, 3), dtype=np.uint8)
            kind = "png" if place % 2 else "jpg"
            Image.fromarray(pixels).save(tmp_path / "photos" / label / f"{place:02}.{kind}")

    schema = read_yaml(TRACK / "data/schema.yaml")
    schema |= {"classes": list(CLASSES), "width": 16, "height": 12, "channels": 3}
    params = read_yaml(TRACK / "params.yaml")
    params["train"]["track"] = False
    params["preprocess"]["max_rejected_share"] = 0.2
    params["evaluate"] |= {"confidence": 0, "pictures": 2, "patch": 6, "stride": 6}
    for settings in params["train"]["candidates"].values():
        if "epochs" in settings:
            settings |= {"epochs": 3, "width": 4, "batch_size": 16}
    write_yaml(SCHEMA_FILE, schema)
    write_yaml(PARAMS_FILE, params)
    describe_source()
    project = '[project]\nname = "light"\nversion = "0.1.0"\ndescription = "Dark or light?"\n'
    (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    return tmp_path


def describe_source():
    source = read_yaml(TRACK / "data/source.yaml")
    write_yaml(SOURCE, source | {"file": "photos", "sha256": fingerprint(Path("photos"))})


def write_yaml(path, content):
    path.parent.mkdir(exist_ok=True)
    YAML().dump(content, path)


def test_photographs_of_two_classes_go_through_all_stages(project):
    for stage in (preprocess, train, evaluate, export):
        stage.main()
    assert len(pd.read_parquet("data/processed/test.parquet")) == 10  # a sixth of 60
    metrics = read_json(METRICS)
    assert metrics["candidate"] != "majority" and metrics["model"]["accuracy"] > 0.9
    assert 0 < read_json(DECISION)["threshold"] < 1
    assert {"brightness", "contrast"} <= {one["trait"] for one in read_json(DIAGNOSIS)["drift"]}
    assert read_json(EXPORTED)["rows"] == 10
    bundle = Bundle.load(BUNDLE, decode)
    assert bundle.manifest.input.channels == 3 and len(bundle.manifest.golden) == 6


def test_unusable_photographs_are_rejected_with_the_reason(project):
    folder = project / "photos" / "dark"
    (folder / "a.txt").write_text("no image")
    (folder / "b.png").write_bytes((folder / "01.png").read_bytes()[:300])
    Image.new("L", (30, 3), 9).save(folder / "c.png")
    shutil.copy(folder / "03.png", folder / "d.png")
    describe_source()
    preprocess.main()
    assert dict(pd.read_csv(REJECTED).set_index("name")["reason"]) == {
        "dark/a.txt": "the file is neither PNG nor JPEG",
        "dark/b.png": "the file is truncated or damaged",
        "dark/c.png": "the image has 30 × 3 pixels; each side needs at least 8",
        "dark/d.png": "it has the same pixels as dark/03.png",
    }


def test_too_many_unusable_images_stop_the_stage(project):
    for number in range(20):
        (project / f"photos/dark/{number}.txt").write_text("no image")
    describe_source()
    with pytest.raises(SystemExit, match="20 of 80 images cannot be used, the first is dark/0.txt"):
        preprocess.main()


def test_large_files_of_the_owner_are_accepted(project):
    pixels = np.random.default_rng(0).integers(0, 100, (700, 700, 3), dtype=np.uint8)
    path = project / "photos/dark/large.png"
    Image.fromarray(pixels).save(path)
    assert path.stat().st_size > 1_000_000
    describe_source()
    preprocess.main()
    assert pd.read_csv(REJECTED).empty
