"""A project small enough to be run through in seconds."""

import shutil
from pathlib import Path

from ruamel.yaml import YAML

from your_package.files import sha256
from your_package.raw import load_source, read_raw
from your_package.schema import load_schema

ROWS = 3000
OF_A_CLASS = 30  # at least, where a class is rare


def shrink(project: Path, folder: Path) -> None:
    """Copy the project's settings and some of its raw rows to `folder`."""
    shutil.copytree(project / "data", folder / "data", ignore=shutil.ignore_patterns("processed"))
    shutil.copy(project / "pyproject.toml", folder)
    source, schema = (
        load_source(project / "data/source.yaml"),
        load_schema(project / "data/schema.yaml"),
    )
    whole_file = source.model_copy(update={"file": project / source.file})
    rows = read_raw(whole_file, schema)
    some = folder / "data/raw/some.csv"
    kept = rows.sample(min(ROWS, len(rows)), random_state=0)
    if not schema.target.is_number:
        rare = rows.groupby(schema.target.name).head(OF_A_CLASS)
        kept = rows.loc[sorted({*kept.index, *rare.index})].sample(frac=1, random_state=0)
    kept.to_csv(some, index=False)

    yaml = YAML()
    about = yaml.load((project / "data/source.yaml").read_text(encoding="utf-8"))
    about |= {
        "file": "data/raw/some.csv",
        "sha256": sha256(some),
        "delimiter": ",",
        "encoding": "utf-8",
    }
    yaml.dump(about, folder / "data/source.yaml")
    params = yaml.load((project / "params.yaml").read_text(encoding="utf-8"))
    params["train"] |= {"folds": 2, "standard_errors": 0}  # two folds are too few to tell noise
    yaml.dump(params, folder / "params.yaml")
