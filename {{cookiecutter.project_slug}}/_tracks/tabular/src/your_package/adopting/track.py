"""A table made ready to be this project's data."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..errors import UserError
from ..files import sha256
from . import aim, canonical, dates
from .adoption import Adoption, Origin, listed
from .asking import Asker
from .formats import open_table
from .guess import Guess, guess, settle_points
from .other_track import refuse
from .schema_file import gaps, schema_text
from .showing import show
from .splitting import choose
from .suggestions import bound, suggest_slices
from .table import Table
from .tally import Tally
from .targets import find_copies, suggest

SHOWN = ("column", "type", "role", "missing", "distinct", "examples", "why")
LOOKED_AT = 20_000  # rows, for columns that give the target away
FEWEST = 42  # rows: of fewer, a validation share of 0.2 is less than evaluate.confidence needs


def prepare(origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
    """Look at a table, ask what is unsure, and write it anew into `folder`."""
    table = open_table(origin.path, folder)
    guesses = settle_points([guess(tally) for tally in count(table)])
    rows = guesses[0].tally.rows
    wanted = target or suggest(guesses)
    if target and target not in table.names:
        raise UserError(f"there is no column {target!r}; there are: {', '.join(table.names)}.")
    print(f"\n{origin.said}: {rows:,} rows, {len(guesses)} columns\n")
    show(SHOWN, [row(each, each.name == wanted) for each in guesses])
    for words in table.said:
        asker.tell(words)
    guesses = [settle_dates(each, asker) for each in guesses]
    if rows < FEWEST:
        raise UserError(f"{rows} rows are too few to learn from: collect {FEWEST} or more.")
    if not wanted:
        raise UserError("no column can be predicted: name one with --target COLUMN.")
    if not target:
        wanted = asker.name("Which column is to be predicted?", table.names, wanted)
    aimed = aim.fit(next(each for each in guesses if each.name == wanted), asker)
    guesses = [aimed if each.name == wanted else each for each in guesses]
    return adopt(origin, table, guesses, aimed, asker, folder)


def adopt(
    origin: Origin, table: Table, guesses: list[Guess], target: Guess, asker: Asker, folder: Path
) -> Adoption:
    raw = folder / f"{origin.name}.csv.gz"
    done = canonical.write(table, guesses, target, raw)
    some = pd.read_csv(raw, dtype="str", keep_default_na=False, na_values=[""], nrows=LOOKED_AT)
    copies = find_copies(some, guesses, target)
    why = f"orders the rows as '{target.name}' does: known before the answer is?"
    for name in copies:
        asker.tell(f"'{name}' {why} It is left out")
    left = [each.now(role="ignore", why=why) if each.name in copies else each for each in guesses]
    guesses = one_key_each(left)
    features = [each for each in guesses if each.role == "feature"]
    check_features(features)
    keys = [each.name for each in guesses if each.role in ("time", "group", "target")]
    steering = pd.read_csv(raw, dtype="str", keep_default_na=False, na_values=[""], usecols=keys)
    settings = choose(steering, guesses, target, asker)
    said = [f"`adopt` read {origin.said} (sha256: {sha256(origin.path)})", *table.said]
    for words in (lost := canonical.tell(guesses, target, done)):
        asker.tell(words)
    return Adoption(
        raw,
        sha256(raw),
        schema_text(guesses),
        aim.say_problem(origin.title, features, target),
        [f"{'; '.join(said)}.", *lost],
        facts(guesses, target, done.rows),
        canonical.LAYOUT,
        [
            *settings,
            *aim.settings(some, features, target, settings),
            *bound(done.rows),
            suggest_slices(features, target),
        ],
    )


def count(table: Table) -> list[Tally]:
    tallies = [Tally(name) for name in table.names]
    for piece in table.pieces("looking"):
        for tally in tallies:
            tally.add(piece[tally.name])
    return tallies


def settle_dates(found: Guess, asker: Asker) -> Guess:
    """Ask whether 03/04 is in April or in March."""
    name = dates.is_ambiguous(list(found.formats), found.tally.dates)
    if not name:
        return found
    answers = {"day": "the day stands first: 3 April", "month": "the month does: March 4"}
    said = asker.choose(f"'{found.name}': what is 03/04 in it?", answers, "day")
    asker.tell(
        f"'{found.name}': dates like {found.tally.examples[0]} are read with the {said} first"
    )
    chosen = name if (said == "day") == name.startswith("%d") else dates.swapped(name)
    return found.now(formats=tuple(chosen if each == name else each for each in found.formats))


def one_key_each(guesses: list[Guess]) -> list[Guess]:
    """One column steers by time, one by group: the first that can."""
    for role in ("time", "group"):
        for other in [each for each in guesses if each.role == role][1:]:
            new = other.now(role="ignore", why=f"another column has the role {role}")
            guesses = [new if each is other else each for each in guesses]
    return guesses


def check_features(features: Sequence[Guess]) -> None:
    if not features:
        raise UserError(
            "no column is left to predict from: all are identifiers, constants or empty. Give the "
            "data columns that are known before the answer is."
        )
    if all(each.type == "text" for each in features):
        raise refuse("What is to be learnt from is a text.", "text", "classification")


def row(column: Guess, is_target: bool) -> tuple[str, ...]:
    tally = column.tally
    distinct = f"{len(tally.counts):,}" if tally.counts is not None else f"{tally.distinct:,}+"
    why = "sensitive, by its name" if column.sensitive else column.why
    role = "target?" if is_target else column.role
    missing = f"{gaps(column):.1%}" if gaps(column) else ""
    examples = ", ".join(tally.examples)[:28]
    return column.name, column.type, role, missing, distinct, examples, "" if is_target else why


def facts(guesses: Sequence[Guess], target: Guess, rows: int) -> list[str]:
    """What can be said of the columns without knowing what they mean."""
    features = [each for each in guesses if each.role == "feature"]
    kinds = Counter(each.type for each in features)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    lines = [f"{rows:,} rows; {len(features)} features ({told}) and the target `{target.name}`."]
    if left := [f"`{each.name}` ({each.why})" for each in guesses if each.role == "ignore"]:
        lines.append(f"Left out: {', '.join(left[:20])}{' and more' if left[20:] else ''}.")
    if marked := [each.name for each in guesses if each.sensitive]:
        lines.append(f"Sensitive, by their names: {listed(marked)}.")
    return lines
