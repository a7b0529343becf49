"""Fixtures: projects baked from this template."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import TRACKS, Bake, Project, bake_into


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let one worker run all tests of a track, so that the track is lived through once."""
    track = getattr(item, "callspec", None) and item.callspec.params.get("track")
    if track:
        item.add_marker(pytest.mark.xdist_group(track))


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's settings of cookiecutter and git out of the tests."""
    home = tmp_path_factory.mktemp("home")
    config = home / "cookiecutter.yaml"
    config.write_text(
        f"cookiecutters_dir: {json.dumps(str(home))}\nreplay_dir: {json.dumps(str(home))}\n"
    )
    gitconfig = home / "gitconfig"
    gitconfig.write_text("[user]\n\tname = Ada\n\temail = ada@example.com\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COOKIECUTTER_CONFIG", str(config))
        patch.setenv("GIT_CONFIG_GLOBAL", str(gitconfig))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture
def bake(tmp_path: Path) -> Bake:
    """bake(track=..., ...) answers the questions and returns the project."""
    return lambda **answers: bake_into(tmp_path, **answers)


@pytest.fixture(scope="session", params=TRACKS)
def track(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def lived(track: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of the track, installed and trained: slow tests look at it, and restore it."""
    names = {"project_name": "Oak Tree", "project_slug": "oak-tree", "package_name": "forest"}
    project = bake_into(tmp_path_factory.mktemp("lived"), track=track, **names)
    project.run("uv", "sync")
    project.run("uv", "run", "dvc", "repro")
    return project
