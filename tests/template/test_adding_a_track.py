"""docs/adding-a-track.md, followed step by step in a copy of the template."""

import json
import re
import shutil
from pathlib import Path

from projects import SOURCE, TEMPLATE, TRACKS, bake_into
from test_cruft import IGNORED

GUIDE = (TEMPLATE / "docs" / "adding-a-track.md").read_text(encoding="utf-8")


def test_a_toy_track_is_a_folder_and_a_word(tmp_path):
    template = tmp_path / "template"
    shutil.copytree(TEMPLATE, template, ignore=IGNORED)
    track = template / SOURCE.name / "_tracks" / "toy"

    # 1. a folder with a layer.json, as the guide shows it
    track.mkdir()
    (example,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    layer = json.loads(example)
    (track / "layer.json").write_text(json.dumps(layer), encoding="utf-8")

    # 2. what differs from other tracks: here those of the first one, but for its ladder
    for path in (track.parent / TRACKS[0]).iterdir():
        if path.is_dir():
            shutil.copytree(path, track / path.name)
        elif path.name != "layer.json":
            shutil.copy(path, track)
    task = track / "src" / "your_package" / "task.py"
    task.write_text(task.read_text(encoding="utf-8") + "\n# your_package, a toy\n", "utf-8")
    assert all(f"`{name}`" in GUIDE or f"`{name}/" in GUIDE for name in ("params.yaml", "dvc.yaml"))

    # 3. the word, and its prompt
    questions = json.loads((template / "cookiecutter.json").read_text(encoding="utf-8"))
    questions["track"].append("toy")
    questions["__prompts__"]["track"]["toy"] = "a toy"
    (template / "cookiecutter.json").write_text(json.dumps(questions), encoding="utf-8")

    project = bake_into(tmp_path, template, track="toy", package_name="toys")
    written = (project.root / "src/toys/task.py").read_text(encoding="utf-8")
    assert written.endswith("# toys, a toy\n")
    assert " ".join(layer["insert"]["problem"]) in (project.root / "README.md").read_text("utf-8")
    assert Path(project.root, "src/toys/serving/inputs.py").is_file()
    assert Path(project.root, "src/toys/metrics.py").is_file()
    project.run("ruff", "check", "--no-cache", ".")
    project.run("ruff", "format", "--no-cache", "--check", ".")
