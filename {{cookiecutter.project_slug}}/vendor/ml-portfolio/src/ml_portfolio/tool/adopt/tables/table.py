"""A table as text: what was read, whatever the file's format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.adoption import listed
from ml_portfolio.tool.adopt.words import WORDS


@dataclass(frozen=True)
class Table:
    rows: pd.DataFrame  # text without white space around it, None where a value is missing
    notes: list[str]  # what was detected or repaired


def make_table(rows: pd.DataFrame, names: Sequence[str], notes: Sequence[str]) -> Table:
    """Return rows of text as a table whose columns have usable names.

    Raises UserError where there are no rows.
    """
    if rows.empty:
        raise UserError("the table has no rows: there is nothing to learn from.")
    clean, renamed = clean_names(names)
    columns = {}
    for name, (_, values) in zip(clean, rows.items(), strict=True):
        text = values.str.strip()
        columns[name] = text.mask(text.str.lower().isin(WORDS["missing"])).rename(name)
    return Table(pd.DataFrame(columns).reset_index(drop=True), [*notes, *renamed])


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Return the position of the row of column names, and a note where a title stands above it.

    Raises UserError where all rows are empty.
    """
    filled = [[field.strip() for field in row if field.strip()] for row in rows]
    several = 2 * sum(len(row) > 1 for row in filled) > sum(len(row) > 0 for row in filled)
    least = 2 if several else 1  # names in a header
    header = next((at for at, row in enumerate(filled) if len(row) >= least), None)
    if header is None:
        raise UserError("the table has no rows: there is nothing to learn from.")
    above = listed([row[0] for row in filled[:header] if row])
    return header, [f"the column names are in line {header + 1}, below {above}"] if above else []


def clean_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return names without white space around or line breaks, each once; and a note."""
    clean: list[str] = []
    for number, name in enumerate(names, 1):
        base = re.sub(r"\s+", " ", name.replace("\ufeff", "")).strip() or f"column {number}"
        copies = (f"{base} {copy}" for copy in range(2, number + 1))
        clean.append(next(each for each in (base, *copies) if each not in clean))
    changed = [f"{old} → {new}" for old, new in zip(names, clean, strict=True) if old != new]
    return clean, [f"columns renamed: {listed(changed)}"] if changed else []


def merge_case(words: Iterable[str]) -> dict[str, str]:
    """Map words that differ only in capitals to the first one of them."""
    names: dict[str, str] = {}
    return {word: names.setdefault(word.casefold(), word) for word in words}
