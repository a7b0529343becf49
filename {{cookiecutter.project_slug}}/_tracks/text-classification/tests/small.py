"""A project small enough to run through in seconds."""

import shutil
from pathlib import Path

from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.files import sha256
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.texts.schema import load_schema
from ruamel.yaml import YAML

ROWS = 1200


def shrink(project: Path, folder: Path) -> None:
    """Copy the project's settings and some of its raw rows to `folder`; no encoder is fetched."""
    shutil.copytree(project / "data", folder / "data", ignore=shutil.ignore_patterns("processed"))
    shutil.copy(project / "pyproject.toml", folder)
    source = load_source(project / "data/source.yaml")
    schema = load_schema(project / "data/schema.yaml")
    source = source.model_copy(update={"file": project / source.file})
    rows = read_raw(source, [schema.text.column, schema.label.column])
    some = folder / "data/raw/some.csv"
    rows.sample(min(ROWS, len(rows)), random_state=0).to_csv(some, index=False)

    yaml = YAML()
    written = yaml.load((project / "data/source.yaml").read_text(encoding="utf-8"))
    written |= {"file": "data/raw/some.csv", "sha256": sha256(some)}
    written |= {"delimiter": ",", "encoding": "utf-8"}
    yaml.dump(written, folder / "data/source.yaml")
    params = yaml.load((project / "params.yaml").read_text(encoding="utf-8"))
    params["preprocess"] |= {"encoder": str(folder / "none"), "vocabulary_size": 1500}
    candidates = params["train"]["candidates"]
    if candidates.pop("fine_tuned", None):  # it needs the encoder; another one stands in for it
        candidates.setdefault("tfidf_logistic_regression", {"C": 50.0, "max_iter": 1000})
    for settings in candidates.values():
        if "epochs" in settings:
            settings["epochs"] = 2
    yaml.dump(params, folder / "params.yaml")


def load_bundle(folder: Path) -> Bundle:
    return Bundle.load(folder)
