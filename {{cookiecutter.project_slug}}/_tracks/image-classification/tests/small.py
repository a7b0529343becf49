"""A project small enough to run through in seconds."""

import shutil
from pathlib import Path

import numpy as np
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.files import sha256
from ml_portfolio.images.raw import load_source, read_raw
from ml_portfolio.images.schema import load_schema
from ruamel.yaml import YAML

from your_package.decoding import decode

IMAGES_OF_A_CLASS = 60
SMALL_NETWORK = {"width": 8, "epochs": 4, "learning_rate": 0.01, "batch_size": 32}
FEW_PATCHES = {"pictures": 2, "patch": 10, "stride": 6}


def shrink(project: Path, folder: Path) -> None:
    """Copy the project's settings and some of its raw images to `folder`."""
    large = shutil.ignore_patterns("processed", "raw")
    shutil.copytree(project / "data", folder / "data", ignore=large)
    shutil.copy(project / "pyproject.toml", folder)
    source = load_source(project / "data/source.yaml")
    schema = load_schema(project / "data/schema.yaml")
    source = source.model_copy(update={"file": project / source.file})
    kept: dict[str, list[np.ndarray]] = {label: [] for label in schema.classes}
    for image in read_raw(source, schema, decode):
        if image.pixels is not None and len(kept.get(image.label, ())) < IMAGES_OF_A_CLASS:
            kept[image.label].append(image.pixels)
    labels = np.repeat(np.arange(len(kept)), [len(images) for images in kept.values()])
    some = folder / "data/raw/some.npz"
    some.parent.mkdir()
    np.savez_compressed(some, images=np.concatenate([*kept.values()]), labels=labels)

    yaml = YAML()
    written = yaml.load((project / "data/source.yaml").read_text(encoding="utf-8"))
    written |= {"file": "data/raw/some.npz", "sha256": sha256(some)}
    yaml.dump(written, folder / "data/source.yaml")
    params = yaml.load((project / "params.yaml").read_text(encoding="utf-8"))
    for settings in params["train"]["candidates"].values():
        if "epochs" in settings:
            settings.update(SMALL_NETWORK)
    params["evaluate"] |= FEW_PATCHES
    yaml.dump(params, folder / "params.yaml")


def load_bundle(folder: Path) -> Bundle:
    return Bundle.load(folder, decode)
