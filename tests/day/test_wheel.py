"""The library as a package of its own: a project runs on its wheel, without the path source."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from projects import LIBRARY, Project

pytestmark = pytest.mark.slow
DATA = ("serving/page/page.js", "serving/page/index.html", "reports/templates/", "py.typed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    source = shutil.copytree(LIBRARY, folder / "source")
    Project(source, "ml_portfolio").run("uv", "build", "--wheel", "--out-dir", str(folder))
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_is_not_python(wheel):
    names = "\n".join(zipfile.ZipFile(wheel).namelist())
    assert all(f"ml_portfolio/{name}" in names for name in DATA)
    assert "__pycache__" not in names


@pytest.mark.parametrize("track", ["tabular-classification"], indirect=True, scope="session")
def test_a_project_runs_on_the_wheel(lived, wheel, tmp_path):
    copy = tmp_path / "on-the-wheel"
    left_out = shutil.ignore_patterns(".venv", "vendor", "models", ".dvc", ".git", "uv.lock")
    project = Project(shutil.copytree(lived.root, copy, ignore=left_out), lived.package)
    pyproject = copy / "pyproject.toml"
    text, times = re.subn(r"ml-portfolio = \{ path.*\n", "", pyproject.read_text(encoding="utf-8"))
    assert times == 1
    pyproject.write_text(text, encoding="utf-8")
    params = copy / "params.yaml"
    slow = r"    (random_forest|hist_gradient_boosting):.*\n"
    params.write_text(re.sub(slow, "", params.read_text(encoding="utf-8")), encoding="utf-8")
    with_wheel = ("uv", "run", "--find-links", str(wheel.parent))
    for stage in ("preprocess", "train", "evaluate", "export"):
        project.run(*with_wheel, "python", "-m", f"{project.package}.{stage}")
    project.run(*with_wheel, "python", "-m", "ml_portfolio.reports")
    where = "import ml_portfolio; print(ml_portfolio.__file__)"
    assert "site-packages" in project.run(*with_wheel, "python", "-c", where).stdout
    assert (copy / "models" / "bundle" / "model.onnx").is_file()
