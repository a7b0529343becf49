"""A table of texts and their classes made ready to be this project's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import Project
from ml_portfolio.texts.validation import duplicate_reasons
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, listed, refuse
from ml_portfolio.tool.adopt.asking import Asker, show
from ml_portfolio.tool.adopt.settings import as_yaml
from ml_portfolio.tool.adopt.split_trial import SplitSettings, try_split
from ml_portfolio.tool.adopt.tables import canonical
from ml_portfolio.tool.adopt.tables.formats import read_table
from ml_portfolio.tool.adopt.tables.guess import HEAD, Guess, as_categories, describe, guess
from ml_portfolio.tool.adopt.tables.table import Table
from ml_portfolio.tool.adopt.tables.tally import count
from ml_portfolio.tool.adopt.tables.target import suggest
from ml_portfolio.tool.adopt.tables.target_class import ClassTarget

NAMES = ("text", "review", "comment", "message", "sentence", "body", "content", "tweet", "title")
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
        rows, changes = canonical.convert(single, [Guess(text, "text", label.tally), label])
        rows, left_out = canonical.keep_targets(rows, label)
        try_split(rows[label.name], "stratified", self.settings)
        raw = folder / f"{origin.name}.csv.gz"
        canonical.write(rows, raw)
        counts = {
            f"rows without a text of {MIN_CHARACTERS} characters": len(table.rows) - len(filled),
            "rows that repeat an earlier text": len(filled) - len(single),
        }
        left_out += [f"{number:,} {kind} left out." for kind, number in counts.items() if number]
        for sentence in [*changes, *left_out]:
            asker.note(sentence)
        dropped = [name for name in table.rows if name not in (text, label.name)]
        columns = [f"Left out: the columns {', '.join(dropped)}."] if dropped else []
        classes = listed(label.categories)
        return Adoption(
            raw,
            sha256(raw),
            schema_text(text, label, int(rows[text].str.len().max())),
            f"From a text ({origin.title}), predict its `{label.name}`: {classes}.",
            [origin.describe(table.notes), *changes, *left_out, *columns],
            f"{len(rows):,} texts in {len(label.categories)} classes: {classes}.",
            canonical.LAYOUT,
        )


def choose_columns(table: Table, source: str, target: str, asker: Asker) -> tuple[str, Guess]:
    """Return the column of texts and the column of classes; print all, and ask if unclear."""
    guesses = guess([count(values) for _, values in table.rows.items()])
    columns = {each.name: each for each in guesses}
    if target and target not in columns:
        raise UserError(f"there is no column {target!r}; there are: {', '.join(columns)}.")
    text = suggest_text([each for each in columns.values() if each.name != target])
    name = target or suggest([each for each in columns.values() if is_label(each)], ClassTarget())
    print(f"\n{source}: {len(table.rows):,} rows, {len(columns)} columns\n")
    roles = {text: "text", name: "target?"}
    show(HEAD, [describe(each, roles.get(each.name, "ignore")) for each in columns.values()])
    for note in table.notes:
        asker.note(note)
    if not text:
        reason = f"No column is named `text`, or holds texts of {LONG} words or more."
        raise refuse(reason, Project(input="table", task="classification"))
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
        return words >= LONG, column.name.lower() in NAMES, words

    best = max((each for each in columns if not is_label(each)), key=rank, default=None)
    return best.name if best and any(rank(best)[:2]) else ""


def is_label(column: Guess) -> bool:
    return column.tally.distinct <= min(MAX_CLASSES, column.tally.rows // 4)


def schema_text(text: str, label: Guess, longest: int) -> str:
    limit = max(1000, -(-longest // 1000) * 1000)
    lines = [
        "# What each row of the raw data must be. A row that breaks it is rejected, with the",
        "# reason; so is a text that repeats an earlier one. `adopt` guessed it.",
        "text:",
        f"  column: {as_yaml(text)}",
        f"  min_characters: {MIN_CHARACTERS}",
        f"  max_characters: {limit} # of a request as well; the longest text has {longest:,}",
        '  description: ""',
        "label:",
        f"  name: {as_yaml(label.name)} # what is predicted",
        f"  column: {as_yaml(label.name)}",
        "  # Of two classes the second is the positive one. Several words may mean the same class.",
        "  classes:",
        *(f"    {as_yaml(name)}: {as_yaml({'words': [name]})}" for name in label.categories),
    ]
    return "\n".join(lines) + "\n"
