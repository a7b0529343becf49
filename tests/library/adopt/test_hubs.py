"""`adopt uci:…`, `hf:…` and `kaggle:…` by the sites' own clients, against a server of our own."""

import csv
import gzip
import io
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hub_sites import Sites, serve
from projects import Project, bake_into

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hubs")]

ROWS = [
    (("red", "blue", "green")[place % 3], place * 13 % 89, "yes" if place % 4 else "no")
    for place in range(200)
]
WRITE = """
import sys
from datasets import ClassLabel, Dataset, Features, Image, Value
from PIL import Image as Picture
rows = Dataset.from_csv("rows.csv").cast_column("kind", ClassLabel(names=["no", "yes"]))
rows.to_parquet("shop.parquet")
squares = [Picture.new("RGB", (8, 8), ("red", "blue")[place % 2]) for place in range(40)]
kinds = {"image": Image(), "label": ClassLabel(names=["red", "blue"])}
made = {"image": squares, "label": [place % 2 for place in range(40)]}
Dataset.from_dict(made, Features(kinds)).to_parquet("squares.parquet")
"""
# What the clients offer no setting for: the addresses are theirs.
POINT = """
try:
    from ucimlrepo import fetch
    fetch.API_BASE_URL = "PLACE/api/dataset"
except ImportError:
    pass
try:
    from kagglesdk import kaggle_env
    kaggle_env._env_to_endpoint[kaggle_env.KaggleEnv.PROD] = "PLACE"
except ImportError:
    pass
"""
PICTURES = """
import sys
from pathlib import Path
from forest.adopting.origins import find
found = find("hf:ada/squares", Path(sys.argv[1]))
names = sorted(path.relative_to(found.path).as_posix() for path in found.path.rglob("1*.png"))
print(found.licence, *names)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("hubs")
    made = bake_into(
        folder, track="tabular-classification", project_slug="oak-tree", package_name="forest"
    )
    made.run("uv", "sync")
    made.run("git", "add", "--all")
    made.run("git", "commit", "--quiet", "--message", "Lock")
    return made


@pytest.fixture(scope="module")
def settings(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict]:
    """What makes a client ask the server of our own."""
    folder = tmp_path_factory.mktemp("sites")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("colour", "length", "kind"), *ROWS])
    (folder / "rows.csv").write_text(text.getvalue(), encoding="utf-8")
    write = ["--with", "datasets", "--with", "pillow", "--project", str(project.root), "python"]
    Project(folder, "").run("uv", "run", *write, "-c", WRITE)
    sets = {
        f"ada/{name}": (folder / f"{name}.parquet").read_bytes() for name in ("shop", "squares")
    }
    with serve(Sites(text.getvalue(), sets)) as place:
        (folder / "sitecustomize.py").write_text(POINT.replace("PLACE", place), encoding="utf-8")
        yield {
            "PYTHONPATH": str(folder),
            "HF_ENDPOINT": place,
            "HF_HOME": str(folder / "hf"),
            "KAGGLEHUB_CACHE": str(folder / "kaggle"),
            "KAGGLE_CONFIG_DIR": str(folder),
        }


@pytest.mark.parametrize(
    ("source", "package", "licence", "citation"),
    [
        ("uci:53", "ucimlrepo", "CC BY 4.0, as", "A. Lovelace, C. Babbage: Shop. UCI"),
        ("hf:ada/shop", "datasets", "cc-by-sa-4.0", "@misc{shop, author = {Ada}"),
        ("kaggle:ada/shop", "kagglehub", "CC0: Public Domain", "Ada Lovelace: Shop. Kaggle"),
    ],
)
def test_a_set_comes_with_what_its_site_says_of_it(
    source: str, package: str, licence: str, citation: str, project: Project, settings: dict
) -> None:
    said = project.run("uv", "run", "oak-tree", "adopt", source, "--yes", check=False)
    assert said.returncode and "Traceback" not in said.stdout
    typed = shlex.split(said.stdout.strip().splitlines()[-1].partition(": uv ")[2])
    assert typed[:3] == ["run", "--with", package]
    project.run("uv", *typed, "--yes", **settings)
    about = yaml.safe_load((project.root / "data/source.yaml").read_text(encoding="utf-8"))
    assert about["licence"].startswith(licence)
    assert citation in " ".join(about["citation"].split())
    assert about["url"].startswith("https://") and "shop" in about["url"]
    raw = gzip.decompress((project.root / about["file"]).read_bytes()).decode()
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert [(one["colour"], one["kind"]) for one in rows] == [(row[0], row[2]) for row in ROWS]
    project.run("uv", "run", "oak-tree", "adopt", "--undo")
    assert project.run("git", "status", "--porcelain").stdout == ""


@pytest.mark.parametrize(
    ("source", "package"),
    [("uci:54", "ucimlrepo"), ("hf:ada/shops", "datasets"), ("kaggle:ada/shops", "kagglehub")],
)
def test_a_set_that_is_not_there_is_named(
    source: str, package: str, project: Project, settings: dict
) -> None:
    command = ["uv", "run", "--with", package, "oak-tree", "adopt", source, "--yes"]
    said = project.run(*command, check=False, **settings)
    assert said.returncode and "Traceback" not in said.stdout
    assert f"{source} could not be fetched (" in said.stdout.splitlines()[-1]


def test_pictures_become_folders_named_as_their_classes(
    project: Project, settings: dict, tmp_path: Path
) -> None:
    command = ["uv", "run", "--with", "datasets", "--with", "pillow", "python", "-c", PICTURES]
    said = project.run(*command, str(tmp_path), **settings).stdout.splitlines()[-1]
    assert said.startswith("cc-by-sa-4.0 blue/1.png blue/11.png")
    assert said.endswith("red/18.png")
