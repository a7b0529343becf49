"""Documents, results and tests that spoke of the sample data: reset, or taken away."""

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from ..paths import PROFILE
from ..reporting.documents import DOCUMENTS
from ..reporting.facts import BLOCK
from .adoption import Adoption
from .changes import Changes

README, DATASHEET = Path("README.md"), Path("data/README.md")
NOTEBOOK = Path("notebooks/01-explore.ipynb")
TESTS = ("tests/test_behaviour.py", "tests/test_leaks_of_the_data.py")  # what the sample must show
PROBLEM = re.compile(r"(?<=\n## The problem\n\n)(<!-- Yours to write:.*?-->\n)?.*?(?=\n## )", re.S)
ASK = """\
<!-- Yours to write: the problem. Who decides what with a prediction, and what does an error of
     each kind cost them? The lines below are only what the columns say. -->
"""


def reset(changes: Changes, title: str, adoption: Adoption) -> None:
    """What the sample's owner had written gives way to what can be said of the new data."""
    text = README.read_text(encoding="utf-8")
    if PROBLEM.search(text):
        problem = f"{ASK}{fill(adoption.problem, 99)}\n"
        changes.edit(README, PROBLEM.sub(lambda _: problem, text))
    changes.write(DATASHEET, datasheet(title, adoption.facts))
    look = Path(__file__).with_name("first_look.ipynb").read_text(encoding="utf-8")
    changes.write(NOTEBOOK, look)
    for path in map(Path, TESTS):
        if path.is_file():
            changes.keep(path)


def forget_results(changes: Changes) -> None:
    """Take away what was measured on other data: `dvc repro` writes it anew."""
    for path in DOCUMENTS:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            changes.edit(path, BLOCK.sub(unfilled, text))
    kept = {path.name for path in DOCUMENTS}
    for path in sorted(PROFILE.parent.glob("*")):
        if path.name not in kept:
            changes.keep(path)


def unfilled(block: re.Match[str]) -> str:
    how = "counts" if block[2] == "counts" else "measures"
    said = f"Run `uv run dvc repro`: this part is written from what it {how}."
    return f"{block[1]}{said}\n{block[3]}"


def datasheet(title: str, facts: Sequence[str]) -> str:
    text = Path(__file__).with_name("datasheet.md").read_text(encoding="utf-8")
    listed = "\n".join(f"- {fact}" for fact in facts)
    return text.replace("TITLE", title).replace("FACTS", listed)
