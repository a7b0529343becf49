"""Stage `report`: what was measured, written into the documents and onto one page.

README.md, reports/model_card.md and data/README.md are the owner's; only what stands between their
markers is written here (see facts.py). reports/index.html is replaced.
"""

from pathlib import Path

from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.files import atomic
from ml_portfolio.config.paths import PAGE
from ml_portfolio.reports.rendering import TEMPLATES, out_of_date, render_all
from ml_portfolio.reports.results import read_results


def read_texts() -> dict[Path, str]:
    """Read the documents that are there, and the page, from the project's folder."""
    paths = [path for path in (*TEMPLATES, PAGE) if path.is_file()]
    return {path: path.read_text(encoding="utf-8") for path in paths}


def outdated_documents() -> list[Path]:
    """Return the documents that do not state what reports/ holds; raises UserError without it."""
    return out_of_date(read_results(), read_texts())


@errors_in_one_line
def main() -> None:
    """Write the facts into the documents, and the page; what is up to date is not touched."""
    texts = read_texts()
    rendered = render_all(read_results(), texts)
    for path, text in rendered.items():
        if texts.get(path) != text:
            with atomic(path) as draft:
                draft.write_text(text, encoding="utf-8", newline="\n")
    print(f"The results are in {', '.join(path.as_posix() for path in rendered)}")
