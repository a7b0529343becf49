"""Documents, results and tests that are about the sample data: reset or removed."""

import re
from pathlib import Path

from ml_portfolio.config.paths import README
from ml_portfolio.reports.facts import BLOCK
from ml_portfolio.tool.adopt.adoption import Adoption
from ml_portfolio.tool.adopt.changes import Changes
from ml_portfolio.tool.adopt.rendering import render

FIRST_LOOK = Path(__file__).parent / "first_look"
REPORTS, MODEL_CARD = Path("reports"), Path("reports/model_card.md")
DATASHEET = Path("data/README.md")
NOTEBOOK = Path("notebooks/01-explore.ipynb")
TESTS = ("tests/test_behaviour.py", "tests/test_leaks_of_the_data.py")  # of the sample alone
PROBLEM = re.compile(r"(?<=\n## The problem\n\n)(<!-- Yours to write:.*?-->\n)?.*?(?=\n## )", re.S)
PICTURE = re.compile(r"^\[!\[.*\]\(reports/page\.png\)\]\((.*)\)$", re.M)


def reset(changes: Changes, title: str, adoption: Adoption, kind: str) -> None:
    """Replace what describes the sample data by what is known about the new ones.

    kind: table, text or image
    """
    text = README.read_text(encoding="utf-8")
    problem = render("problem.md.j2", problem=adoption.problem)
    text = PROBLEM.sub(lambda _: problem, text)
    changes.write(README, PICTURE.sub(lambda at: render("picture.md.j2", address=at[1]), text))
    changes.write(DATASHEET, render("datasheet.md.j2", title=title, facts=adoption.facts))
    changes.write(NOTEBOOK, (FIRST_LOOK / f"{kind}.ipynb").read_text(encoding="utf-8"))
    for path in map(Path, TESTS):
        if path.is_file():
            changes.set_aside(path)


def remove_results(changes: Changes) -> None:
    """Remove what was measured on the old data; `dvc repro` measures anew."""
    for path in (README, MODEL_CARD, DATASHEET):
        if path.is_file():
            changes.write(path, BLOCK.sub(unfilled, path.read_text(encoding="utf-8")))
    for path in sorted(REPORTS.glob("*")):
        if path != MODEL_CARD:
            changes.set_aside(path)


def unfilled(block: re.Match[str]) -> str:
    return f"{block[1]}Run `uv run dvc repro` to fill in this section.\n{block[3]}"
