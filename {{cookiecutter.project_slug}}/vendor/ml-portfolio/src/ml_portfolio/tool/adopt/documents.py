"""Documents, results and tests that are about the sample data: reset or removed."""

import re
from pathlib import Path
from textwrap import fill

from ml_portfolio.config.paths import README
from ml_portfolio.reports.facts import BLOCK
from ml_portfolio.tool.adopt.adoption import Adoption
from ml_portfolio.tool.adopt.changes import Changes

HERE = Path(__file__).parent
REPORTS, MODEL_CARD = Path("reports"), Path("reports/model_card.md")
DATASHEET = Path("data/README.md")
NOTEBOOK = Path("notebooks/01-explore.ipynb")
TESTS = ("tests/test_behaviour.py", "tests/test_leaks_of_the_data.py")  # of the sample alone
PROBLEM = re.compile(r"(?<=\n## The problem\n\n)(<!-- Yours to write:.*?-->\n)?.*?(?=\n## )", re.S)
QUESTION = """\
<!-- Yours to write: the problem. Who decides what with a prediction, and what does an error of
     each kind cost them? The lines below only repeat what the columns say. -->
"""


def reset(changes: Changes, title: str, adoption: Adoption, kind: str) -> None:
    """Replace what describes the sample data by what is known about the new ones.

    kind: table, text or image
    """
    text = README.read_text(encoding="utf-8")
    problem = f"{QUESTION}{fill(adoption.problem, 99)}\n"
    changes.write(README, PROBLEM.sub(lambda _: problem, text))
    datasheet = (HERE / "datasheet.md").read_text(encoding="utf-8")
    changes.write(DATASHEET, datasheet.replace("TITLE", title).replace("FACTS", adoption.facts))
    first_look = HERE / "first_look" / f"{kind}.ipynb"
    changes.write(NOTEBOOK, first_look.read_text(encoding="utf-8"))
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
    verb = "counts" if block[2] == "counts" else "measures"
    text = f"Run `uv run dvc repro`: this part is written from what it {verb}."
    return f"{block[1]}{text}\n{block[3]}"
