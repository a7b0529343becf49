"""Small real bundles, and the app of the template's base project, for all tests of the library."""

import sys
from pathlib import Path

import pytest
from ml_portfolio.bundle.bundle import Bundle

BASE = Path(__file__).parents[2] / "{{cookiecutter.project_slug}}"
sys.path.insert(0, str(BASE / "src"))


@pytest.fixture(scope="session")
def table() -> Bundle:
    """A classifier of a table with a column of each type."""
    from library import small_bundles

    return small_bundles.table()


@pytest.fixture(scope="session", params=["table", "number", "text", "image"])
def bundle(request: pytest.FixtureRequest) -> Bundle:
    """A bundle of each kind of input and of each task in turn."""
    from library import small_bundles

    return getattr(small_bundles, request.param)()


@pytest.fixture(scope="session")
def bundle_folder(table: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table's bundle in a folder, not to be changed."""
    from library import small_bundles

    return small_bundles.write(table, tmp_path_factory.mktemp("project") / "bundle")
