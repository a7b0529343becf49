"""A folder of folders of pictures, as anyone has it, through the whole pipeline."""

import contextlib
import json
import shutil

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from ruamel.yaml import YAML

from your_package import preprocess, train
from your_package.paths import CHOICE, REJECTED
from your_package.raw import fingerprint

CLASSES = ("dark", "light")


@pytest.fixture
def project(trained, tmp_path):
    """A project whose raw data are photographs of unlike sizes, in colour, of two classes."""
    random = np.random.default_rng(0)
    for label, most in zip(CLASSES, (100, 256), strict=True):
        (tmp_path / "photos" / label).mkdir(parents=True)
        for place in range(30):
            height, width = random.integers(20, 60, 2)
            pixels = random.integers(most - 100, most, (height, width, 3), dtype=np.uint8)
            kind = "png" if place % 2 else "jpg"
            Image.fromarray(pixels).save(tmp_path / "photos" / label / f"{place:02}.{kind}")
    (tmp_path / "photos/.hidden").write_bytes(b"litter")
    for hidden in ("photos/.cache", "photos/dark/.thumbnails"):
        (tmp_path / hidden).mkdir()
        shutil.copy(tmp_path / "photos/dark/01.png", tmp_path / hidden)

    yaml = YAML()
    (tmp_path / "data").mkdir()
    schema = yaml.load(trained / "data/schema.yaml")
    schema |= {"classes": list(CLASSES), "width": 16, "height": 12, "channels": 3}
    yaml.dump(schema, tmp_path / "data/schema.yaml")
    shutil.copy(trained / "data/source.yaml", tmp_path / "data")
    params = yaml.load(trained / "params.yaml")
    params["train"]["track"] = False
    params["preprocess"]["max_rejected_share"] = 0.2
    yaml.dump(params, tmp_path / "params.yaml")
    describe(tmp_path)
    with contextlib.chdir(tmp_path):
        yield tmp_path


def describe(folder):
    yaml = YAML()
    source = yaml.load(folder / "data/source.yaml")
    source |= {"file": "photos", "sha256": fingerprint(folder / "photos")}
    yaml.dump(source, folder / "data/source.yaml")


def test_a_model_is_made_of_it(project):
    preprocess.main()
    train.main()
    assert json.loads(CHOICE.read_text(encoding="utf-8"))["candidate"] != "majority"
    assert pd.read_csv("reports/runs.csv")["accuracy_mean"].max() > 0.9
    assert len(pd.read_parquet("data/processed/test.parquet")) == 11  # a sixth of 60, rounded up


def test_what_cannot_be_read_is_rejected_with_the_reason(project):
    folder = project / "photos" / "dark"
    (folder / "a.txt").write_text("no picture")
    (folder / "b.png").write_bytes((folder / "01.png").read_bytes()[:300])
    Image.new("L", (30, 3), 9).save(folder / "c.png")
    shutil.copy(folder / "03.png", folder / "d.png")
    describe(project)
    preprocess.main()
    rejected = pd.read_csv(REJECTED).set_index("name")["reason"]
    assert dict(rejected) == {
        "dark/a.txt": "the file is neither PNG nor JPEG",
        "dark/b.png": "the file is cut short or damaged",
        "dark/c.png": "the picture has 30 × 3 pixels; each side needs 8 or more",
        "dark/d.png": "it is the same as dark/03.png",
    }


def test_a_folder_that_is_no_class_or_is_missing_is_named(project):
    (project / "photos/dark").rename(project / "photos/grey")
    describe(project)
    with pytest.raises(SystemExit) as stopped:
        preprocess.main()
    assert "missing: dark; unknown: grey" in str(stopped.value)


def test_any_change_to_the_folder_changes_its_fingerprint(project):
    before = fingerprint(project / "photos")
    assert fingerprint(project / "photos") == before
    (project / "photos/dark/01.png").rename(project / "photos/dark/1.png")
    assert fingerprint(project / "photos") != before
    with pytest.raises(SystemExit, match="is not what data/source.yaml describes"):
        preprocess.main()
