"""The text of data/schema.yaml: commented, and made to be edited."""

from collections.abc import Sequence

from .guess import Guess
from .settings import as_yaml

HEAD = """\
# What each column of the raw data must be. Everything after reads this: validation, encoding,
# the requests that the API takes, the page. A row that breaks it is rejected, with the reason.
# `adopt` has guessed it from the values: look through it, correct it, then uv run dvc repro
#   type: number, integer, category (with its categories), boolean, date, text, or ordinal (with
#     its categories from least to most: `adopt` cannot know an order, and writes category)
#   role: feature (if not said), target, group or time (they steer the split) or ignore
#   nullable: true where values may be missing; unit: what the target is measured in
#   sensitive: true where groups are to be compared, for none should be treated worse
#   min, max: of a number; left out, so that new data are not refused needlessly. Write them where
#     you know what is possible: what was seen stands beside
#   description: what it is, in words; the page shows it
"""


def schema_text(guesses: Sequence[Guess]) -> str:
    return HEAD + "".join(entry(each) for each in guesses)


def entry(column: Guess) -> str:
    lines = [f"{as_yaml(column.name)}:", f"  type: {column.type}{seen(column)}"]
    if column.role != "feature":
        lines.append(f"  role: {column.role}{column.why and f' # {column.why}'}")
    elif column.why:
        lines.append(f"  # {column.why}")
    if column.role == "feature" and gaps(column):
        lines.append(f"  nullable: true # {gaps(column):.2%} missing")
    if column.sensitive:
        lines.append("  sensitive: true # so its name says")
    if column.role == "target" and column.is_number:
        lines.append('  unit: ""')
    lines.append('  description: ""')
    if column.type == "category" and column.role in ("feature", "target"):
        lines.append("  categories:")
        lines += [f"    - {as_yaml(word)}" for word in column.categories]
    return "\n".join(lines) + "\n"


def gaps(column: Guess) -> float:
    """The share of values that are missing, those that could not be read included."""
    tally = column.tally
    odd = tally.known - tally.plain
    unread = odd and column.is_number and tally.odd[column.style or "point"] < tally.odd[""]
    dated = sum(tally.dates[name] for name in column.formats)
    undated = column.type == "date" and dated < tally.dates[""]
    return (tally.missing + (odd if unread or undated else 0)) / max(tally.rows, 1)


def seen(column: Guess) -> str:
    tally = column.tally
    if not column.is_number or column.style or not tally.plain:
        return ""
    return f" # from {tally.low:g} to {tally.high:g}"
