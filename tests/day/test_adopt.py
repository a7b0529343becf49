"""The walk-through "Make it yours" of START_HERE.md and the template's README, typed as written."""

import json
import random
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import TEMPLATE, TRACKS, Project
from test_day import check_answers, served

pytestmark = pytest.mark.slow

CHANCE = random.Random(0)
PAINT = """
from pathlib import Path
import numpy as np
from PIL import Image
random = np.random.default_rng(0)
for place, name in enumerate(["bright", "dark"]):
    folder = Path("my_data.csv") / name
    folder.mkdir(parents=True)
    for number in range(150):
        pixels = random.integers(0, 130, (12, 10)) + 125 * (1 - place)
        Image.fromarray(pixels.astype("uint8")).save(folder / f"{number}.png")
"""
ABOUT_DATA = [f"tests/test_{name}.py" for name in ("data", "documents", "notebooks")]
OF_SAMPLES = "census|bikeshare|casual|tweet|vader|fashion|zalando|clothing"


def commands(readme: str) -> list[str]:
    section = readme.split("## Make it yours\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return [line for language, text in blocks if not language for line in text.splitlines()]


def customers(project: Project, answer: Callable[[float], str]) -> None:
    """A table of a shop's customers, with what such tables have: gaps, money, an id, dates."""
    lines = ["Customer ID;Joined;Spent ($);class;Newsletter?;yes;yes;;Answer"]
    for number in range(600):
        visits, spent = CHANCE.randint(0, 40), CHANCE.uniform(0, 2000)
        value = visits / 40 + spent / 4000 + CHANCE.gauss(0, 0.1)
        day = f"{1 + number % 28}.{1 + number % 12}.2024"
        money = f"${spent:,.2f}" if number % 30 else ""
        plan, said = CHANCE.choice(["basic", "plus", "größer", "Basic"]), CHANCE.choice(["y", "no"])
        row = [f"C{number}", day, money, plan, said, visits, visits % 7, number % 5, answer(value)]
        lines.append(";".join(map(str, row)))
    (project.root / "my_data.csv").write_text("\n".join(lines), encoding="utf-8")


def opinions(project: Project, _: object) -> None:
    """Sentences in German and their marks, as a spreadsheet writes them."""
    words = {"gut": ["schön", "prima", "gern wieder"], "schlecht": ["kaputt", "nie wieder", "übel"]}
    lines = ["Nr;Kunde;Meinung;Note"]
    for number in range(300):
        mark = CHANCE.choice(list(words))
        said = f"Besuch {number}, Größe M: {CHANCE.choice(words[mark])}"
        lines.append(f"{number};Jürgen;{said};{CHANCE.choice([mark, mark.title()])}")
    (project.root / "my_data.csv").write_text("\n".join(lines), encoding="cp1252")


def pictures(project: Project, _: object) -> None:
    """A folder of pictures, in folders named as their classes."""
    project.run("python", "-c", PAINT)


OWN = {
    "tabular-classification": (customers, lambda value: ("no", "Yes")[value > 0.75]),
    "tabular-regression": (customers, lambda value: f"{100 * value:.2f}"),
    "text-classification": (opinions, None),
    "image-classification": (pictures, None),
}
NAMED = {
    "tabular": ("Answer", "Spent ($)"),
    "text": ("Note", "schlecht"),
    "image": ("class", "dark"),
}


def test_each_track_has_its_own_data():
    assert set(OWN) == set(TRACKS)


def test_own_data_from_file_to_report(lived: Project, track: str, tmp_path: Path) -> None:
    project = lived.copy(tmp_path)
    project.run("git", "add", "--all")
    project.run("git", "commit", "--quiet", "--message", "The sample's result")
    write, answer = OWN[track]
    write(project, answer)
    typed = commands((project.root / "START_HERE.md").read_text(encoding="utf-8"))
    readme = (TEMPLATE / "README.md").read_text(encoding="utf-8")
    *shared, last = commands(readme.replace("income-prediction", project.root.name))
    assert last == f"uv run {project.root.name} serve"
    assert shared and shared == [command for command in typed if command in shared]
    for command in typed:
        uv, run, *words = shlex.split(command)
        assert (uv, run) == ("uv", "run")  # not needed in the borrowed environment
        project.run(*words, check="check" not in words)
    with served(project) as url:
        check_answers(url)
    manifest = (project.root / "models/bundle/manifest.json").read_text(encoding="utf-8")
    card = (project.root / "reports/model_card.md").read_text(encoding="utf-8")
    target, word = NAMED[track.split("-")[0]]
    assert target in card and word in json.dumps(json.loads(manifest), ensure_ascii=False)
    for path in ("README.md", "reports/model_card.md", "data/README.md", "data/schema.yaml"):
        text = (project.root / path).read_text(encoding="utf-8")
        assert not re.search(OF_SAMPLES, text, re.IGNORECASE), path
    project.run("python", "-m", "pytest", *([] if track == TRACKS[0] else ABOUT_DATA))
