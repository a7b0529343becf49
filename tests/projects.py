"""Projects baked from this template, as its users would bake them."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cookiecutter.main import cookiecutter

TEMPLATE = Path(__file__).parent.parent
SOURCE = TEMPLATE / "{{cookiecutter.project_slug}}"
LIBRARY = SOURCE / "vendor" / "ml-portfolio"
QUESTIONS = json.loads((TEMPLATE / "cookiecutter.json").read_text(encoding="utf-8"))
TRACKS = QUESTIONS["track"]
IGNORED = shutil.ignore_patterns(  # of a copy of the template
    ".git", ".venv", ".tools", "demo", "node_modules", "__pycache__", "results", ".bench"
)


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

    def copy(self, folder: Path) -> "Project":
        """A copy in this folder, to be changed; it borrows the environment."""
        ignored = shutil.ignore_patterns(".venv")
        root = shutil.copytree(self.root, folder / self.root.name, symlinks=True, ignore=ignored)
        return Project(root, self.package, borrowed=self.borrowed or self.root / ".venv")

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


Bake = Callable[..., Project]


def bake_into(folder: Path, template: Path = TEMPLATE, **answers: str) -> Project:
    root = Path(
        cookiecutter(str(template), no_input=True, extra_context=answers, output_dir=str(folder))
    )
    (package,) = (root / "src").iterdir()
    return Project(root, package.name)


needs_docker = pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(["docker", "version"], capture_output=True).returncode != 0,
    reason="no Docker engine answers",
)


def count_lines(paths: Iterable[Path]) -> int:
    """Lines that are not blank; comments count."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return sum(bool(line.strip()) for line in lines)
