"""Fixtures: projects baked from this template, as its users would bake them."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cookiecutter.main import cookiecutter

TEMPLATE = Path(__file__).parent.parent
SOURCE = TEMPLATE / "{{cookiecutter.project_slug}}"
QUESTIONS = json.loads((TEMPLATE / "cookiecutter.json").read_text(encoding="utf-8"))
TRACKS = QUESTIONS["track"]


@dataclass(frozen=True)
class Project:
    """A baked project."""

    root: Path
    package: str
    borrowed: Path | None = None  # the environment of another project, to save an installation

    def run(
        self, *command: str, check: bool = True, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the project as its owner would; show what it said if it fails."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=clean_environment() | self.environment() | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert not check or done.returncode == 0, f"{' '.join(command)}\n{done.stdout}"
        return done

    def environment(self) -> dict[str, str]:
        """What makes commands run in the borrowed environment, on this project's own source."""
        if self.borrowed is None:
            return {}
        folder = self.borrowed / ("Scripts" if os.name == "nt" else "bin")
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "PYTHONPATH": str(self.root / "src")}

    def files(self) -> list[Path]:
        """Every file that git tracks, or would."""
        listed = self.run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        return [self.root / name for name in listed.stdout.split("\0") if name]


def clean_environment() -> dict[str, str]:
    """The environment without what a run inside uv or pytest adds to it.

    Python keeps what it has compiled, as it does for a user: else each program that is started
    would spend most of its time on compiling its libraries again. Where tests run side by side
    each has its share of the processor's cores: threads that wait for a core that another test
    uses would take several times as long.
    """
    ours = {
        "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_RUN_RECURSION_DEPTH", "PYTHONPATH",
        "PYTHONDONTWRITEBYTECODE", "PYTEST_ADDOPTS",
    }  # fmt: skip
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    threads = {"OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // workers))}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | (threads if workers > 1 else {})


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


Bake = Callable[..., Project]


def bake_into(folder: Path, template: Path = TEMPLATE, **answers: str) -> Project:
    root = Path(
        cookiecutter(str(template), no_input=True, extra_context=answers, output_dir=str(folder))
    )
    (package,) = (root / "src").iterdir()
    return Project(root, package.name)


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
    names = {"project_slug": "oak-tree", "package_name": "forest"}
    project = bake_into(tmp_path_factory.mktemp("lived"), track=track, **names)
    project.run("uv", "sync")
    project.run("uv", "run", "dvc", "repro")
    return project


needs_docker = pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(["docker", "version"], capture_output=True).returncode != 0,
    reason="no Docker engine answers",
)
