"""Stage `report`: what was measured, written into the documents and onto one page.

README.md, reports/model_card.md and data/README.md are their owner's; only what stands between
their markers is written here (see facts.py). reports/index.html is written as a whole.
"""

from pathlib import Path

from .errors import exit_with_one_line
from .files import whole
from .paths import PAGE
from .reporting.documents import DOCUMENTS
from .reporting.facts import fill_file, is_out_of_date
from .reporting.page import render
from .reporting.results import Results, read


def out_of_date(results: Results) -> list[Path]:
    """The documents that say other than the results, the page among them."""
    found = [
        path
        for path, facts in DOCUMENTS.items()
        if path.is_file() and is_out_of_date(path, facts(results))
    ]
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != render(results):
        found.append(PAGE)
    return found


@exit_with_one_line
def main() -> None:
    results = read()
    for path, facts in DOCUMENTS.items():
        fill_file(path, facts(results))
    with whole(PAGE) as draft:
        draft.write_text(render(results), encoding="utf-8", newline="\n")
    written = ", ".join(path.as_posix() for path in DOCUMENTS if path.is_file())
    print(f"{PAGE.as_posix()} is written, and the facts in {written}")


if __name__ == "__main__":
    main()
