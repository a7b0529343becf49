"""`adopt uci:…`, `hf:…` and `kaggle:…` by the sites' own clients, with a server on this machine."""

import csv
import functools
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from library.adopt.hub_sites import Sites, serve
from ml_portfolio.tool.adopt.tables.formats import read_table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hubs")]

ROWS = [
    (("red", "blue", "green")[place % 3], str(place * 13 % 89), "yes" if place % 4 else "no")
    for place in range(200)
]
WRITE = """
from datasets import ClassLabel, Dataset, Features, Image
from PIL import Image as Picture
rows = Dataset.from_csv("rows.csv").cast_column("kind", ClassLabel(names=["no", "yes"]))
rows.to_parquet("shop.parquet")
squares = [Picture.new("RGB", (8, 8), ("red", "blue")[place % 2]) for place in range(40)]
kinds = {"image": Image(), "label": ClassLabel(names=["red", "blue"])}
made = {"image": squares, "label": [place % 2 for place in range(40)]}
Dataset.from_dict(made, Features(kinds)).to_parquet("squares.parquet")
"""
# The clients have no setting for these addresses.
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
FIND = """
import dataclasses, json, sys
from pathlib import Path
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.origins import find
try:
    found = find(sys.argv[1], Path(sys.argv[2]))
except UserError as error:
    sys.exit(str(error))
print(json.dumps({**dataclasses.asdict(found), "path": str(found.path)}))
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """python(package, code, …) runs code with a client of a site installed."""

    @functools.cache
    def install(package):
        folder = tmp_path_factory.mktemp(package)
        command = ["uv", "pip", "install", "--target", str(folder), package]
        subprocess.run(command, check=True, capture_output=True)
        return folder

    def run(package, code, *arguments, env=None, cwd=None):
        code = f"import sys\nsys.path.append({str(install(package))!r})\n{code}"
        command = [sys.executable, "-c", code, *map(str, arguments)]
        env = {**os.environ, **(env or {})}
        return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True)

    return run


@pytest.fixture(scope="module")
def find(python, tmp_path_factory):
    """find(package, source, folder) asks a server of this test instead of the sites."""
    folder = tmp_path_factory.mktemp("site")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("colour", "length", "kind"), *ROWS])
    (folder / "rows.csv").write_text(text.getvalue(), encoding="utf-8")
    done = python("datasets", WRITE, cwd=folder)
    assert done.returncode == 0, done.stderr
    sets = {
        f"ada/{name}": (folder / f"{name}.parquet").read_bytes() for name in ("shop", "squares")
    }
    with serve(Sites(text.getvalue(), sets)) as place:
        env = {
            "HF_ENDPOINT": place,
            "HF_HOME": str(folder / "hf"),
            "KAGGLEHUB_CACHE": str(folder / "kaggle"),
            "KAGGLE_CONFIG_DIR": str(folder),
        }
        code = POINT.replace("PLACE", place) + FIND
        yield lambda package, *arguments: python(package, code, *arguments, env=env)


@pytest.mark.parametrize(
    ("source", "package", "licence", "citation"),
    [
        ("uci:53", "ucimlrepo", "CC BY 4.0, as", "A. Lovelace, C. Babbage: Shop. UCI"),
        ("hf:ada/shop", "datasets", "cc-by-sa-4.0", "@misc{shop, author = {Ada}"),
        ("kaggle:ada/shop", "kagglehub", "unknown", "unknown"),
    ],
)
def test_a_data_set_comes_with_what_its_site_states(
    source, package, licence, citation, find, tmp_path
):
    done = find(package, source, tmp_path)
    assert done.returncode == 0, done.stderr
    origin = json.loads(done.stdout.splitlines()[-1])
    assert origin["licence"].startswith(licence)
    assert citation in " ".join(origin["citation"].split())
    assert origin["url"].startswith("https://") and "shop" in origin["url"]
    assert origin["target"] == ("kind" if source.startswith("uci") else "")
    table = read_table(Path(origin["path"]))
    assert list(table.rows.itertuples(index=False, name=None)) == ROWS


@pytest.mark.parametrize(
    ("source", "package"),
    [("uci:54", "ucimlrepo"), ("hf:ada/shops", "datasets"), ("kaggle:ada/shops", "kagglehub")],
)
def test_an_unknown_data_set_is_named(source, package, find, tmp_path):
    done = find(package, source, tmp_path)
    assert done.returncode and "Traceback" not in done.stderr
    assert f"{source} could not be fetched (" in done.stderr.splitlines()[-1]


def test_images_are_refused_with_what_to_do(find, tmp_path):
    done = find("datasets", "hf:ada/squares", tmp_path)
    assert done.returncode and "Traceback" not in done.stderr
    assert "hf:ada/squares holds images: save them in a folder" in done.stderr.splitlines()[-1]
