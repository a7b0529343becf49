"""The canonical form of raw data: plain numbers, true and false, dates as ISO 8601."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ml_portfolio.tool.adopt.tables import dates
from ml_portfolio.tool.adopt.tables.guess import FALSE, TRUE, Guess
from ml_portfolio.tool.adopt.tables.numerals import to_plain

LAYOUT = {"delimiter": ",", "encoding": "utf-8", "missing": []}  # for data/source.yaml
GZIP = {"method": "gzip", "compresslevel": 6, "mtime": 0}  # the same rows make the same bytes


def write(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as compressed CSV, as LAYOUT says."""
    rows.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", compression=GZIP)


def convert(rows: pd.DataFrame, guesses: Sequence[Guess]) -> tuple[pd.DataFrame, list[str]]:
    """Return rows in canonical form, as text, and a sentence for each column that changed."""
    columns, sentences = {}, []
    for each in guesses:
        text = rows[each.name]
        codes, found = pd.factorize(text)  # each different value is converted once
        new = convert_values(pd.Series(found, dtype="str"), each)
        columns[each.name] = pd.Series(new.reindex(codes).to_numpy(object), rows.index, dtype="str")
        parts = [describe(each)] if describe(each) else []
        if lost := int((text.notna() & columns[each.name].isna()).sum()):
            parts.append(f"unreadable values left empty: {lost:,}")
        if parts:
            sentences.append(f"'{each.name}': {'; '.join(parts)}.")
    return pd.DataFrame(columns), sentences


def convert_values(words: pd.Series, column: Guess) -> pd.Series:
    if column.type == "date" and column.formats:
        return dates.as_iso(words, column.formats)
    if column.is_number:
        return convert_numbers(words, column)
    if column.type == "boolean":
        bare = words.str.casefold().str.removesuffix(".0")
        return bare.map({**dict.fromkeys(TRUE, "true"), **dict.fromkeys(FALSE, "false")})
    if column.categories:
        if column.style == "integer":
            words = words.str.replace(r"\.0*$", "", regex=True)
        names = {name.casefold(): name for name in column.categories}
        return words.map(lambda word: names.get(word.casefold(), word))
    return words


def convert_numbers(words: pd.Series, column: Guess) -> pd.Series:
    if column.style:
        return to_plain(words, column.style)
    plain = words.where(pd.to_numeric(words, errors="coerce").abs() < float("inf"))
    return plain.str.replace(r"\.0*$", "", regex=True) if column.type == "integer" else plain


def describe(column: Guess) -> str:
    """Return how a column is converted; "" if its values stay as they are."""
    words = column.tally.counts.index
    if column.type == "date":
        return f"dates written as ISO 8601, read as {' or '.join(column.formats)}"
    if column.is_number and column.style:
        return f"numbers written plainly, read with a decimal {column.style}"
    if column.type == "boolean":
        return f"{', '.join(sorted(words))} written as true and false"
    if column.categories and len(set(words.str.casefold())) < len(words):
        return "words that differ only in capitals merged"
    return ""


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
