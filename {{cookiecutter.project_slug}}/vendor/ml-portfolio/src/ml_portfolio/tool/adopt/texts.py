"""A table of texts and their classes made ready to be this project's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.texts.validation import duplicate_reasons
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, listed, refuse
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.rendering import render
from ml_portfolio.tool.adopt.splits import SplitSettings, try_split
from ml_portfolio.tool.adopt.tables import canonical
from ml_portfolio.tool.adopt.tables.formats import read_table
from ml_portfolio.tool.adopt.tables.guess import Guess, as_categories, guess, show_guesses
from ml_portfolio.tool.adopt.tables.table import Table
from ml_portfolio.tool.adopt.tables.tally import count
from ml_portfolio.tool.adopt.tables.targets import ClassTarget, suggest
from ml_portfolio.tool.adopt.words import WORDS

MAX_CLASSES = 100  # different values, above which a column is no label
LONG = 3  # words in a value, on average, from which it is a text
MIN_CHARACTERS = 2


@dataclass(frozen=True)
class TextAdopter:
    """Adopts a table of texts: finds the text and its class, and writes these two columns."""

    settings: SplitSettings

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        table = read_table(origin.path)
        text, label = choose_columns(table, origin.source, target, asker)
        rows = table.rows[[text, label.name]]
        filled = rows[rows[text].str.len().fillna(0) >= MIN_CHARACTERS]
        single = filled[duplicate_reasons(filled[text]) == ""]
        label = label.but(tally=count(single[label.name]), type="category")
        label = ClassTarget().prepare(as_categories(label))
        rows, changes = canonical.convert(single, [Guess(text, "text", label.tally), label], label)
        try_split(rows[label.name], "stratified", self.settings)
        raw = folder / f"{origin.name}.csv.gz"
        canonical.write(rows, raw)
        counts = {
            f"rows without a text of {MIN_CHARACTERS} characters": len(table.rows) - len(filled),
            "rows that repeat an earlier text": len(filled) - len(single),
        }
        changes += [f"{number:,} {kind} left out." for kind, number in counts.items() if number]
        asker.note(*changes)
        dropped = [name for name in table.rows if name not in (text, label.name)]
        columns = [f"Left out: the columns {', '.join(dropped)}."] if dropped else []
        classes, longest = listed(label.categories), int(rows[text].str.len().max())
        schema = {"text": text, "label": label, "shortest": MIN_CHARACTERS, "longest": longest}
        return Adoption(
            raw,
            render("schema_text.yaml.j2", **schema),
            f"From a text ({origin.title}), predict its `{label.name}`: {classes}.",
            [origin.describe(table.notes), *changes, *columns],
            f"{len(rows):,} texts in {len(label.categories)} classes: {classes}.",
            canonical.LAYOUT,
        )


def choose_columns(table: Table, source: str, target: str, asker: Asker) -> tuple[str, Guess]:
    """Return the column of texts and the column of classes; print all, and ask if unclear."""
    columns = {each.name: each for each in guess(table, target)}
    text = suggest_text([each for each in columns.values() if each.name != target])
    name = target or suggest([each for each in columns.values() if is_label(each)], ClassTarget())
    roles = dict.fromkeys(columns, "ignore") | {text: "text", name: "target?"}
    show_guesses(table, list(columns.values()), roles, source, asker)
    if not text:
        reason = f"No column is named `text`, or holds texts of {LONG} words or more."
        raise refuse(reason, "tabular-classification")
    if not target:
        name = asker.ask("Which column holds the class of a text?", columns, name)
    if not name or not is_label(columns[name]):
        column = f"'{name}' does not hold" if name else "no column holds"
        raise UserError(f"{column} classes: name the one that does with --target COLUMN.")
    return text, columns[name]


def suggest_text(columns: Sequence[Guess]) -> str:
    """Return the column with the longest values, preferably one named like a text; "" if none."""

    def rank(column: Guess) -> tuple[bool, bool, float]:
        words = column.tally.words
        return words >= LONG, column.name.lower() in WORDS["text"], words

    best = max((each for each in columns if not is_label(each)), key=rank, default=None)
    return best.name if best and any(rank(best)[:2]) else ""


def is_label(column: Guess) -> bool:
    return column.tally.distinct <= min(MAX_CLASSES, column.tally.rows // 4)
