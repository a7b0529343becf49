"""A table of texts and their classes made ready to be this project's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import Project
from ml_portfolio.texts.validation import duplicate_reasons
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, listed
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.other_track import refuse
from ml_portfolio.tool.adopt.settings import as_yaml
from ml_portfolio.tool.adopt.split_trial import SplitSettings, try_split
from ml_portfolio.tool.adopt.tables.canonical import LAYOUT, write
from ml_portfolio.tool.adopt.tables.formats import read_table
from ml_portfolio.tool.adopt.tables.showing import show
from ml_portfolio.tool.adopt.tables.table import Table, merge_case
from ml_portfolio.tool.adopt.tables.tally import Tally, count
from ml_portfolio.tool.adopt.tables.target_class import order_classes

LABELS = ("label", "target", "class", "sentiment", "category", "topic", "spam", "rating", "stars")
TEXTS = ("text", "review", "comment", "message", "sentence", "body", "content", "tweet", "title")
HEAD = ("column", "role", "missing", "distinct", "words", "example")
MAX_CLASSES = 100  # different values, above which a column is no label
LONG = 3  # words in a value, on average, from which it is a text
MIN_CHARACTERS = 2
MIN_TEXTS = 20  # of a class, some to learn from, some to test on


@dataclass(frozen=True)
class TextAdopter:
    """Adopts a table of texts: finds the text and its class, and writes these two columns."""

    settings: SplitSettings

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        table = read_table(origin.path)
        columns = {name: count(values) for name, values in table.rows.items()}
        if target and target not in columns:
            raise UserError(f"there is no column {target!r}; there are: {', '.join(columns)}.")
        text = suggest_text([each for each in columns.values() if each.name != target])
        label = target or suggest_label(list(columns.values()))
        print(f"\n{origin.source}: {len(table.rows):,} rows, {len(columns)} columns\n")
        show(HEAD, [describe(each, text, label) for each in columns.values()])
        for note in table.notes:
            asker.note(note)
        if not text:
            reason = f"No column is named `text`, or holds texts of {LONG} words or more."
            raise refuse(reason, Project(input="table", task="classification"))
        if not target:
            label = asker.ask("Which column holds the class of a text?", columns, label)
        if not label or columns[label].distinct > MAX_CLASSES:
            raise UserError(f"'{label}' holds no classes: name the column that does with --target.")
        return self.convert(origin, table, text, label, asker, folder)

    def convert(
        self, origin: Origin, table: Table, text: str, label: str, asker: Asker, folder: Path
    ) -> Adoption:
        """Write the texts and labels that can be learned from."""
        names = merge_case(table.rows[label].value_counts().index)
        kept, left_out = clean(table.rows[[text, label]], text, label, names)
        for sentence in left_out:
            asker.note(sentence)
        labels = kept[label].map(names)
        classes = order_classes(labels.value_counts().to_dict())
        if len(classes) < 2:
            raise UserError(
                f"'{label}' has fewer than two classes with {MIN_TEXTS} texts or more: collect "
                "more, or name another column with --target COLUMN."
            )
        try_split(labels, "stratified", self.settings)
        raw = folder / f"{origin.name}.csv.gz"
        write(kept, raw)
        dropped = [name for name in table.rows if name not in (text, label)]
        columns = [f"Left out: the columns {', '.join(dropped)}."] if dropped else []
        words = {name: [word for word in names if names[word] == name] for name in classes}
        return Adoption(
            raw,
            sha256(raw),
            schema_text(text, label, words, int(kept[text].str.len().max())),
            f"From a text ({origin.title}), predict its `{label}`: {listed(classes)}.",
            [origin.describe(table.notes), *left_out, *columns],
            [f"{len(kept):,} texts in {len(classes)} classes: {listed(classes)}."],
            LAYOUT,
        )


def suggest_text(columns: Sequence[Tally]) -> str:
    """Return the column of texts: by its name, else that with the longest values; "" if none is."""
    usable = [each for each in columns if each.distinct > min(MAX_CLASSES, each.rows // 4)]
    long = [each for each in usable if each.words >= LONG]
    named = [each for each in usable if each.name.lower() in TEXTS]
    best = [each for each in named if each in long] or long or named
    return max(best, key=lambda each: each.words).name if best else ""


def suggest_label(columns: Sequence[Tally]) -> str:
    usable = [each.name for each in columns if 2 <= each.distinct <= MAX_CLASSES // 2]
    named = [name for name in usable if any(word in name.lower() for word in LABELS)]
    return ([*usable, *named] or [""])[-1]


def clean(
    rows: pd.DataFrame, text: str, label: str, names: dict[str, str]
) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows that can be learned from, and a sentence for each kind that is left out."""
    filled = rows[label].notna() & (rows[text].str.len().fillna(0) >= MIN_CHARACTERS)
    good = rows[filled]
    single = good[(duplicate_reasons(good[text]) == "").to_numpy()]
    classes = single[label].map(names)
    enough = classes.groupby(classes).transform("size") >= MIN_TEXTS
    kept = single[enough.to_numpy()]
    counts = {
        f"without a text or a '{label}'": len(rows) - len(good),
        "that repeat an earlier text": len(good) - len(single),
        f"of classes with fewer than {MIN_TEXTS} texts": len(single) - len(kept),
    }
    return kept, [f"{count:,} rows {kind} left out." for kind, count in counts.items() if count]


def schema_text(text: str, label: str, classes: dict[str, list[str]], longest: int) -> str:
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
        f"  name: {as_yaml(label)} # what is predicted",
        f"  column: {as_yaml(label)}",
        "  # Of two classes the second is the positive one. Several words may mean the same class,",
        "  # whose name is what the page shows.",
        "  classes:",
        *(f"    {as_yaml(name)}: {as_yaml({'words': words})}" for name, words in classes.items()),
    ]
    return "\n".join(lines) + "\n"


def describe(tally: Tally, text: str, label: str) -> tuple[str, ...]:
    """Return a column's line in the table that is shown, by HEAD."""
    role = {text: "text", label: "target?"}.get(tally.name, "ignore")
    missing = f"{tally.missing_share:.1%}" if tally.missing_share else ""
    example = next(iter(tally.counts.index), "")
    return tally.name, role, missing, f"{tally.distinct:,}", f"{tally.words:.1f}", example
