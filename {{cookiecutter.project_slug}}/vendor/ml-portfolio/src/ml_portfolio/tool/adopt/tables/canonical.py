"""The canonical form of raw data: plain numbers, true and false, dates as ISO 8601."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ml_portfolio.tool.adopt.tables import dates
from ml_portfolio.tool.adopt.tables.guess import Guess
from ml_portfolio.tool.adopt.tables.tally import to_plain
from ml_portfolio.tool.adopt.words import WORDS

LAYOUT = {"delimiter": ",", "encoding": "utf-8", "missing": []}  # for data/source.yaml
GZIP = {"method": "gzip", "compresslevel": 6, "mtime": 0}  # the same rows make the same bytes


def write(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as compressed CSV, as LAYOUT says."""
    rows.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", compression=GZIP)


def convert(
    rows: pd.DataFrame, guesses: Sequence[Guess], target: Guess
) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows whose target can be learned, as text in canonical form.

    A sentence describes each column that changed, and each kind of row that is left out.
    """
    columns, sentences = {}, []
    for each in guesses:
        text = rows[each.name]
        codes, found = pd.factorize(text)  # each different value is converted once
        new, change = convert_values(pd.Series(found, dtype="str"), each)
        columns[each.name] = pd.Series(new.reindex(codes).to_numpy(object), rows.index, dtype="str")
        lost = int((text.notna() & columns[each.name].isna()).sum())
        parts = [change, f"unreadable values left empty: {lost:,}" if lost else ""]
        if any(parts):
            sentences.append(f"'{each.name}': {'; '.join(filter(None, parts))}.")
    kept, left_out = keep_targets(pd.DataFrame(columns), target)
    return kept, [*sentences, *left_out]


def convert_values(words: pd.Series, column: Guess) -> tuple[pd.Series, str]:
    """Return the values in canonical form, and how they are converted; "" if they stay."""
    if column.type == "date" and (formats := column.formats):
        change = f"dates written as ISO 8601, read as {' or '.join(formats)}"
        return dates.as_iso(words, formats), change
    if column.is_number and column.style:
        change = f"numbers written plainly, read with a decimal {column.style}"
        return to_plain(words, column.style), change
    if column.is_number:
        words = words.where(pd.to_numeric(words, errors="coerce").abs() < float("inf"))
    folded = words.str.casefold()
    if column.type == "boolean":
        plain = dict.fromkeys(WORDS["true"], "true") | dict.fromkeys(WORDS["false"], "false")
        change = f"{', '.join(sorted(words))} written as true and false"
        return folded.str.removesuffix(".0").map(plain), change
    if column.style == "integer" or column.type == "integer":
        words = words.str.replace(r"\.0*$", "", regex=True)
    if column.categories:
        names = {name.casefold(): name for name in column.categories}
        merged = (
            "words that differ only in capitals merged" if folded.nunique() < len(words) else ""
        )
        return words.map(lambda word: names.get(word.casefold(), word)), merged
    return words, ""


def keep_targets(rows: pd.DataFrame, target: Guess) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows whose target can be learned, and a sentence for each kind left out."""
    values = rows[target.name]
    kept = values.notna() if target.is_number else values.isin(target.categories)
    sentences = []
    if missing := int(values.isna().sum()):
        sentences.append(f"{missing:,} rows without '{target.name}' left out.")
    if rare := values[~kept].value_counts().to_dict():
        names = ", ".join(f"'{name}' ({count})" for name, count in list(rare.items())[:8])
        sentences.append(
            f"{sum(rare.values()):,} rows of classes too rare to learn left out: {names}."
        )
    return rows[kept], sentences
