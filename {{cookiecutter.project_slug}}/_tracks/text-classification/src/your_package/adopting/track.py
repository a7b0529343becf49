"""A table of texts and their classes made ready to be this project's data."""

import gzip
import io
from collections import Counter
from pathlib import Path

import pandas as pd

from ..errors import UserError
from ..files import sha256
from ..validation import twin_reasons
from .adoption import Adoption, Origin, listed
from .asking import Asker
from .formats import open_table
from .other_track import refuse
from .settings import as_yaml
from .showing import show
from .table import Table, one_name

LABELS = ("label", "target", "class", "sentiment", "category", "topic", "spam", "rating", "stars")
TEXTS = ("text", "review", "comment", "message", "sentence", "body", "content", "tweet", "title")
MANY = 100  # different values, above which a column tells no classes
LONG = 3  # words in a value, on average, from which it is a text
WORD = r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff]{5}|\S+"  # five letters where no spaces are
FEWEST = 20  # texts of a class, of which some are to learn from, some to test on
LEAST = 82  # texts: of fewer, a validation share of 0.1 is less than evaluate.confidence needs
POSITIVE = {"positive", "pos", "spam", "yes", "true", "1", "toxic", "good"}
LAYOUT = {"delimiter": ",", "encoding": "utf-8", "missing": []}


class Count:
    """What is counted of a column while a table goes by."""

    def __init__(self, name: str) -> None:
        self.name, self.rows, self.missing, self.words = name, 0, 0, 0
        self.values: Counter[str] | None = Counter()  # None: too many different ones
        self.example = ""

    def add(self, values: pd.Series) -> None:
        known = values.dropna().str.strip()
        self.rows += len(values)
        self.missing += len(values) - len(known)
        self.words += int(known.str.count(WORD).sum())
        self.example = self.example or next(iter(known), "")
        if self.values is not None:
            self.values.update(known.value_counts().to_dict())
            self.values = self.values if len(self.values) <= MANY else None

    @property
    def length(self) -> float:
        return self.words / max(self.rows - self.missing, 1)


def prepare(origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
    """Look at a table, ask what is unsure, and write texts and labels anew into `folder`."""
    table = open_table(origin.path, folder)
    columns = {name: Count(name) for name in table.names}
    for piece in table.pieces("looking"):
        for name, column in columns.items():
            column.add(piece[name])
    if target and target not in columns:
        raise UserError(f"there is no column {target!r}; there are: {', '.join(columns)}.")
    text, label = suggest_text(columns, target), target or suggest_label(columns)
    rows = next(iter(columns.values())).rows
    print(f"\n{origin.said}: {rows:,} rows, {len(columns)} columns\n")
    show_all(columns, text, label)
    for words in table.said:
        asker.tell(words)
    if not text:
        why = f"No column of it is named `text`, or holds texts of {LONG} words or more."
        raise refuse(why, "tabular")
    if not target:
        label = asker.name("Which column says the class of a text?", table.names, label)
    if not label or columns[label].values is None:
        raise UserError(f"'{label}' tells no classes: name the column that does with --target.")
    return adopt(origin, table, text, label, asker, folder)


def suggest_text(columns: dict[str, Count], target: str) -> str:
    """The column of texts: by its name, else the one with the longest values; "" if none is."""
    others = [each for each in columns.values() if each.name != target]
    able = [each for each in others if each.values is None or len(each.values) > each.rows // 4]
    long = [each for each in able if each.length >= LONG]
    named = [each for each in able if each.name.lower() in TEXTS]
    best = [each for each in named if each in long] or long or named
    return max(best, key=lambda each: each.length).name if best else ""


def suggest_label(columns: dict[str, Count]) -> str:
    able = [each.name for each in columns.values() if each.values and 2 <= len(each.values) <= 50]
    named = [name for name in able if any(word in name.lower() for word in LABELS)]
    return ([*able, *named] or [""])[-1]


def adopt(
    origin: Origin, table: Table, text: str, label: str, asker: Asker, folder: Path
) -> Adoption:
    rows = pd.concat([piece[[text, label]] for piece in table.pieces("reading")])
    rows = rows.apply(lambda values: values.str.strip()).reset_index(drop=True)
    names = one_name(rows[label].value_counts().index)
    kept, said = clean(rows, text, label, names)
    for words in said:
        asker.tell(words)
    if len(kept) < LEAST:
        raise UserError(
            f"{len(kept)} texts are too few to learn from and test on: collect {LEAST} or more."
        )
    classes = in_order(kept[label].map(names).value_counts().to_dict())
    if len(classes) < 2:
        raise UserError(
            f"'{label}' has fewer than two classes with {FEWEST} texts or more: collect more, or "
            "name another column with --target COLUMN."
        )
    raw = folder / f"{origin.name}.csv.gz"
    with raw.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        with io.TextIOWrapper(packed, encoding="utf-8", newline="") as out:
            kept.to_csv(out, index=False, lineterminator="\n")
    first = f"`adopt` read {origin.said} (sha256: {sha256(origin.path)})"
    left = [name for name in table.names if name not in (text, label)]
    dropped = [f"Left out: the columns {', '.join(left)}."] if left else []
    named = listed(classes)
    words_of = {name: [word for word in names if names[word] == name] for name in classes}
    return Adoption(
        raw,
        sha256(raw),
        schema_text(text, label, words_of, int(kept[text].str.len().max())),
        f"From a text ({origin.title}), predict its `{label}`: {named}.",
        [f"{'; '.join([first, *table.said])}.", *said, *dropped],
        [f"{len(kept):,} texts in {len(classes)} classes: {named}."],
        LAYOUT,
    )


def clean(
    rows: pd.DataFrame, text: str, label: str, names: dict[str, str]
) -> tuple[pd.DataFrame, list[str]]:
    """The rows that can be learnt from, and how many were left out for what."""
    whole = rows[text].notna() & rows[label].notna() & (rows[text].str.len() >= 2)
    good = rows[whole.fillna(False).astype(bool)]
    single = good[(twin_reasons(good[text]) == "").to_numpy()]
    classes = single[label].map(names)
    enough = classes.groupby(classes).transform("size") >= FEWEST
    kept = single[enough.to_numpy()]
    counts = {
        f"without a text or a '{label}'": len(rows) - len(good),
        "that say what an earlier one says": len(good) - len(single),
        f"of classes with fewer than {FEWEST} texts": len(single) - len(kept),
    }
    return kept, [f"{count:,} rows {what} left out." for what, count in counts.items() if count]


def in_order(counts: dict[str, int]) -> list[str]:
    """By letters; of two classes the positive one, or the rarer, is the second."""
    words = sorted(counts)
    if len(words) == 2:
        words.sort(key=lambda word: (word.casefold() in POSITIVE, -counts[word]))
    return words


def schema_text(text: str, label: str, classes: dict[str, list[str]], longest: int) -> str:
    most = max(1000, -(-longest // 1000) * 1000)
    lines = [
        "# What each row of the raw data must be. A row that breaks it is rejected, with the",
        "# reason; so is a text that says the same as an earlier one. `adopt` has guessed it.",
        "text:",
        f"  column: {as_yaml(text)}",
        "  min_characters: 2",
        f"  max_characters: {most} # of a request as well; the longest seen has {longest:,}",
        '  description: ""',
        "label:",
        f"  name: {as_yaml(label)} # what is predicted",
        f"  column: {as_yaml(label)}",
        "  # Of two classes the second is the positive one. Several words may tell one; its name",
        "  # is what the page shows.",
        "  classes:",
        *(f"    {as_yaml(name)}: {as_yaml({'words': words})}" for name, words in classes.items()),
    ]
    return "\n".join(lines) + "\n"


def show_all(columns: dict[str, Count], text: str, label: str) -> None:
    rows = []
    for each in columns.values():
        role = {text: "text", label: "target?"}.get(each.name, "ignore")
        distinct = f"{len(each.values):,}" if each.values is not None else f"over {MANY}"
        missing = f"{each.missing / max(each.rows, 1):.1%}" if each.missing else ""
        rows.append((each.name, role, missing, distinct, f"{each.length:.1f}", each.example))
    show(("column", "role", "missing", "distinct", "words", "example"), rows)
