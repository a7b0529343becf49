"""The text of data/schema.yaml: with comments, and made to be edited."""

from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_float_dtype

from ml_portfolio.tables.schema import Schema
from ml_portfolio.tool.adopt.settings import as_yaml
from ml_portfolio.tool.adopt.tables.guess import Guess

HEAD = """\
# What each column of the raw data must be. Everything after reads this: validation, encoding,
# the requests that the API takes, the page. A row that breaks it is rejected, with the reason.
# `adopt` guessed it from the values: look through it, correct it, then run uv run dvc repro
#   type: number, integer, category (with its categories), boolean, date, text, or ordinal (with
#     its categories from least to most: `adopt` cannot know an order, and writes category)
#   role: feature (the default), target, group or time (they decide the split) or ignore
#   nullable: true where values may be missing; unit: what the target is measured in
#   sensitive: true where groups are compared, since none should be treated worse
#   min, max: of a number; left out, so that new data are not rejected needlessly. Add them where
#     you know what is possible: the range found in the data stands beside
#   description: what it is, in words; the page shows it
"""


def as_schema(guesses: Sequence[Guess]) -> Schema:
    """Return what the pipeline will read from the file."""
    columns = [
        {
            "name": each.name,
            "type": each.type,
            "role": each.role,
            "categories": each.categories if each.type == "category" else (),
        }
        for each in guesses
    ]
    return Schema.model_validate({"columns": columns})


def schema_text(guesses: Sequence[Guess], rows: pd.DataFrame) -> str:
    """Describe the columns of typed rows."""
    return HEAD + "".join(entry(each, rows[each.name]) for each in guesses)


def entry(column: Guess, values: pd.Series) -> str:
    known = is_float_dtype(values) and values.count()
    limits = f" # from {values.min():g} to {values.max():g}" if known else ""
    missing = values.isna().mean()
    lines = [f"{as_yaml(column.name)}:", f"  type: {column.type}{limits}"]
    if column.role != "feature":
        lines.append(f"  role: {column.role}{column.reason and f' # {column.reason}'}")
    elif column.reason:
        lines.append(f"  # {column.reason}")
    if column.role == "feature" and missing:
        lines.append(f"  nullable: true # {missing:.2%} missing")
    if column.sensitive:
        lines.append("  sensitive: true # by its name")
    if column.role == "target" and column.is_number:
        lines.append('  unit: ""')
    lines.append('  description: ""')
    if column.type == "category" and column.role in ("feature", "target"):
        lines.append("  categories:")
        lines += [f"    - {as_yaml(word)}" for word in column.categories]
    return "\n".join(lines) + "\n"
