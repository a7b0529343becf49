"""The owner's code of each track, laid together as the hook does it: base, layers, track.

`text-classification` can be imported as `text_classification`, and so on.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

TEMPLATE = Path(__file__).parents[2] / "{{cookiecutter.project_slug}}"
TRACKS = TEMPLATE / "_tracks"


def layers(name: str) -> list[str]:
    """Return the layers of a track, lowest first."""
    below = json.loads((TRACKS / name / "layer.json").read_text(encoding="utf-8"))["on"]
    return list(dict.fromkeys([*(layer for under in below for layer in layers(under)), name]))


def assemble(track: str, folder: Path) -> None:
    """Copy a track's package to `folder`, under the track's name."""
    package = folder / track.replace("-", "_")
    for source in (TEMPLATE, *(TRACKS / layer for layer in layers(track))):
        if (source / "src/your_package").is_dir():
            shutil.copytree(source / "src/your_package", package, dirs_exist_ok=True)


PACKAGES = Path(tempfile.mkdtemp(prefix="tracks-"))
for found in sorted(TRACKS.glob("*/dvc.yaml")):
    assemble(found.parent.name, PACKAGES)
sys.path.insert(0, str(PACKAGES))


def pytest_unconfigure() -> None:
    shutil.rmtree(PACKAGES, ignore_errors=True)
