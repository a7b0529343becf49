"""Run all benchmarks: make bench; of other tracks: make bench TRACKS="text-classification".

Projects are generated and trained in .bench/ once, and kept there: delete it to start anew.
"""

import sys
from pathlib import Path

from cookiecutter.main import cookiecutter

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "scripts"))

from demo import TEMPLATE, step  # noqa: E402


def trained(track: str) -> Path:
    """A trained project of the track."""
    folder = TEMPLATE / ".bench" / track
    project = folder / "bench"
    if not project.exists():
        answers = {"project_slug": "bench", "package_name": "bench_project", "track": track}
        cookiecutter(str(TEMPLATE), no_input=True, extra_context=answers, output_dir=str(folder))
    step("Install", project, "uv", "sync", "--quiet")
    step("Train", project, "uv", "run", "dvc", "repro", "--quiet")
    return project


def main() -> None:
    tracks = sys.argv[1:] or ["tabular-classification"]
    for track in tracks:
        project = trained(track)
        run = ("uv", "run", "--with", "bentoml", "--with", "psutil", "python")
        step("Serve", project, *run, str(HERE / "serving.py"), track)
        if track.startswith("tabular"):
            step("Run the pipeline", project, *run, str(HERE / "pipeline.py"))
    step("Generate", TEMPLATE, sys.executable, str(HERE / "generate.py"))


if __name__ == "__main__":
    main()
