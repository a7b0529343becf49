"""A project small enough to be run through in seconds."""

import shutil
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from your_package.files import sha256
from your_package.raw import load_source, read_raw
from your_package.schema import load_schema

OF_EACH_CLASS = 60
SMALL = {"width": 8, "epochs": 4, "learning_rate": 0.01, "batch_size": 32}


def shrink(project: Path, folder: Path) -> None:
    """Copy the project's settings and some of its raw pictures to `folder`."""
    shutil.copy(project / "pyproject.toml", folder)
    kept = shutil.ignore_patterns("processed", "raw")
    shutil.copytree(project / "data", folder / "data", ignore=kept)
    (folder / "data/raw").mkdir()
    schema = load_schema(project / "data/schema.yaml")
    source = load_source(project / "data/source.yaml")
    source = source.model_copy(update={"file": project / source.file})
    some: dict[str, list[np.ndarray]] = {label: [] for label in schema.classes}
    for picture in read_raw(source, schema):
        if picture.pixels is not None and len(some.get(picture.label, ())) < OF_EACH_CLASS:
            some[picture.label].append(picture.pixels)
    y = np.repeat(np.arange(len(some)), [len(pictures) for pictures in some.values()])
    path = folder / "data/raw/some.npz"
    np.savez_compressed(path, images=np.concatenate([*some.values()]), labels=y)

    yaml = YAML()
    about = yaml.load((project / "data/source.yaml").read_text(encoding="utf-8"))
    about |= {"file": "data/raw/some.npz", "sha256": sha256(path)}
    yaml.dump(about, folder / "data/source.yaml")
    params = yaml.load((project / "params.yaml").read_text(encoding="utf-8"))
    for settings in params["train"]["candidates"].values():
        if "epochs" in settings:  # a network
            settings.update(SMALL)
    params["explain"] = {"pictures": 2, "patch": 10, "stride": 6}
    yaml.dump(params, folder / "params.yaml")
