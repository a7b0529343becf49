"""The walk-through "Make it yours" of both READMEs, its commands typed exactly as written."""

import json
import random
import re
import shlex

import pytest
from conftest import TEMPLATE, bake_into

pytestmark = pytest.mark.slow

CLASSES = {"tabular-classification": ("no", "yes"), "tabular-regression": None}


def commands(readme):
    section = readme.split("## Make it yours\n")[1].split("\n## ")[0]
    return re.search(r"```\n(.*?)```", section, re.DOTALL)[1].splitlines()


def write_data(path, classes):
    """A table of a shop's customers, with what such tables have: gaps, money, an id, dates."""
    chance = random.Random(0)
    lines = ["Customer ID;Joined;Spent;Plan;Newsletter;Visits;Answer"]
    for number in range(600):
        visits, spent = chance.randint(0, 40), chance.uniform(0, 2000)
        value = visits / 40 + spent / 4000 + chance.gauss(0, 0.1)
        answer = classes[value > 0.75] if classes else f"{100 * value:.2f}"
        day = f"{1 + number % 28}.{1 + number % 12}.2024"
        money = f"${spent:,.2f}" if number % 30 else ""
        plan, said = chance.choice(["basic", "plus", "größer"]), chance.choice(["yes", "no"])
        lines.append(f"C{number};{day};{money};{plan};{said};{visits};{answer}")
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("track", CLASSES)
def test_own_data_from_file_to_report(track, tmp_path):
    project = bake_into(tmp_path, track=track, project_slug="income-prediction")
    project.run("uv", "sync")
    write_data(project.root / "my_data.csv", CLASSES[track])
    typed = commands((project.root / "README.md").read_text(encoding="utf-8"))
    assert typed[:2] == commands((TEMPLATE / "README.md").read_text(encoding="utf-8"))[:2]
    for command in typed:
        project.run(*shlex.split(command), check="check" not in command)
    card = (project.root / "reports/model_card.md").read_text(encoding="utf-8")
    assert "Answer" in card and "income" not in card.replace("income-prediction", "")
    manifest = json.loads((project.root / "models/bundle/manifest.json").read_text("utf-8"))
    assert "Spent" in json.dumps(manifest, ensure_ascii=False)
    project.run("uv", "run", "pytest")
