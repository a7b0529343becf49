"""Run all benchmarks: make bench; of other tracks: make bench TRACKS="text-classification".

Projects are generated and trained in .bench/ once, and kept there: delete it to start anew.
"""

import os
import subprocess
import sys
from pathlib import Path

from cookiecutter.main import cookiecutter

HERE = Path(__file__).parent
TEMPLATE = HERE.parent
# A project has an environment of its own, not the template's.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}


def step(folder: Path, *command: str) -> None:
    print(f"\n── {' '.join(command)}", flush=True)
    if subprocess.run(command, cwd=folder, env=ENVIRONMENT).returncode != 0:
        sys.exit(f"error: '{' '.join(command)}' failed in {folder}: what it said stands above.")


def trained(track: str) -> Path:
    """A trained project of the track."""
    folder = TEMPLATE / ".bench" / track
    project = folder / "bench"
    if not project.exists():
        answers = {"project_slug": "bench", "package_name": "bench_project", "track": track}
        cookiecutter(str(TEMPLATE), no_input=True, extra_context=answers, output_dir=str(folder))
    step(project, "uv", "sync", "--quiet")
    step(project, "uv", "run", "dvc", "repro", "--quiet")
    return project


def main() -> None:
    tracks = sys.argv[1:] or ["tabular-classification"]
    for track in tracks:
        project = trained(track)
        with_ = ["--with", "bentoml", "--with", "psutil"]
        step(project, "uv", "run", *with_, "python", str(HERE / "serving.py"), track)
        if track.startswith("tabular"):
            step(project, "uv", "run", *with_, "python", str(HERE / "pipeline.py"))
    step(TEMPLATE, sys.executable, str(HERE / "generate.py"))


if __name__ == "__main__":
    main()
