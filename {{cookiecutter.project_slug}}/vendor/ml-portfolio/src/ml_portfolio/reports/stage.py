"""Stage `report`: what was measured, written into the documents and onto one page.

README.md, reports/model_card.md and data/README.md are their owner's; only what stands between
their markers is written here (see facts.py). reports/index.html is written as a whole.
"""

from pathlib import Path

from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import atomic
from ml_portfolio.config.paths import PAGE
from ml_portfolio.reports.documents import DOCUMENTS
from ml_portfolio.reports.facts import fill_file, is_out_of_date
from ml_portfolio.reports.page import render
from ml_portfolio.reports.results import Results, read


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


@errors_in_one_line
def main() -> None:
    results = read()
    for path, facts in DOCUMENTS.items():
        fill_file(path, facts(results))
    with atomic(PAGE) as draft:
        draft.write_text(render(results), encoding="utf-8", newline="\n")
    written = ", ".join(path.as_posix() for path in DOCUMENTS if path.is_file())
    print(f"{PAGE.as_posix()} is written, and the facts in {written}")


if __name__ == "__main__":
    main()
