"""A table made ready to be this project's data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import Project
from ml_portfolio.tables.schema import Schema, load_schema
from ml_portfolio.tables.validation import validate
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, listed
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.other_track import refuse
from ml_portfolio.tool.adopt.split_trial import SplitSettings
from ml_portfolio.tool.adopt.tables import canonical, dates
from ml_portfolio.tool.adopt.tables.formats import read_table
from ml_portfolio.tool.adopt.tables.guess import Guess, guess, settle_points
from ml_portfolio.tool.adopt.tables.schema_file import schema_text
from ml_portfolio.tool.adopt.tables.showing import show
from ml_portfolio.tool.adopt.tables.split_choice import choose_split
from ml_portfolio.tool.adopt.tables.suggestions import limit_candidates, suggest_slices
from ml_portfolio.tool.adopt.tables.table import Table
from ml_portfolio.tool.adopt.tables.tally import count as tally
from ml_portfolio.tool.adopt.tables.target import TargetKind, find_copies, suggest
from ml_portfolio.tool.adopt.tables.target_class import ClassTarget
from ml_portfolio.tool.adopt.tables.target_number import NumberTarget

TARGETS: dict[str, TargetKind] = {"classification": ClassTarget(), "regression": NumberTarget()}
HEAD = ("column", "type", "role", "missing", "distinct", "examples", "remark")
MIN_ROWS = 42  # with fewer, a validation share of 0.2 is too small for a confidence of 0.9


@dataclass(frozen=True)
class TableAdopter:
    """Adopts a table: gives each column a type and a role, and writes it in one canonical form."""

    kind: TargetKind
    settings: SplitSettings

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        table = read_table(origin.path)
        guesses, answer = self.guess_columns(table, origin.source, target, asker)
        rows, changes = canonical.convert(table.rows, guesses)
        rows, left_out = canonical.keep_targets(rows, answer)
        for text in [*changes, *left_out]:
            asker.note(text)
        check_features(guesses)
        typed, schema = read_back(rows, schema_text(guesses, rows), folder)
        guesses = ignore_copies(guesses, find_copies(typed, schema), answer, asker)
        features = check_features(guesses)
        split = choose_split(typed, schema, self.kind.task, self.settings, asker)
        by_time = any(each.value == "time" for each in split)
        raw = folder / f"{origin.name}.csv.gz"
        canonical.write(rows, raw)
        return Adoption(
            raw,
            sha256(raw),
            schema_text(guesses, rows),
            describe_problem(origin.title, features, answer),
            [origin.describe(table.notes), *changes, *left_out],
            facts(guesses, answer, len(rows)),
            canonical.LAYOUT,
            [
                *split,
                *self.kind.settings(typed, features, answer, by_time),
                *limit_candidates(len(rows)),
                suggest_slices(features, answer),
            ],
        )

    def guess_columns(
        self, table: Table, source: str, target: str, asker: Asker
    ) -> tuple[list[Guess], Guess]:
        """Return what the columns are, and the target; print them, and ask where it is unclear."""
        names, count = list(table.rows), len(table.rows)
        guesses = settle_points([guess(tally(table.rows[name])) for name in names])
        if target and target not in names:
            raise UserError(f"there is no column {target!r}; there are: {', '.join(names)}.")
        name = target or suggest(guesses, self.kind)
        print(f"\n{source}: {count:,} rows, {len(names)} columns\n")
        show(HEAD, [describe(each, each.name == name) for each in guesses])
        for text in table.notes:
            asker.note(text)
        if count < MIN_ROWS:
            raise UserError(f"{count} rows are too few to learn from: collect {MIN_ROWS} or more.")
        if not name:
            raise UserError("no column can be predicted: name one with --target COLUMN.")
        if not target:
            name = asker.ask("Which column is to be predicted?", names, name)
        guesses = keep_one_key([settle_dates(each, asker) for each in guesses], name)
        answer = self.kind.prepare(next(each for each in guesses if each.name == name))
        return [answer if each.name == name else each for each in guesses], answer


def settle_dates(found: Guess, asker: Asker) -> Guess:
    """Ask whether 03/04 is in April or in March."""
    values = found.tally.others
    name = dates.find_ambiguous(found.formats, values)
    if not name:
        return found
    answers = {"day": "the day comes first: 3 April", "month": "the month comes first: March 4"}
    first = asker.choose(f"'{found.name}': what is 03/04 in it?", answers, "day")
    asker.note(f"'{found.name}': dates like {values.iloc[0]} are read with the {first} first")
    chosen = name if (first == "day") == name.startswith("%d") else dates.swapped(name)
    return found.but(formats=tuple(chosen if each == name else each for each in found.formats))


def keep_one_key(guesses: list[Guess], target: str) -> list[Guess]:
    """Let one column decide the split by time, and one by group: the first of each."""
    kept, roles = [], set[str]()
    for each in guesses:
        if each.name != target and each.role in roles & {"time", "group"}:
            each = each.ignored(f"another column has the role {each.role}")
        elif each.name != target:
            roles.add(each.role)
        kept.append(each)
    return kept


def read_back(rows: pd.DataFrame, text: str, folder: Path) -> tuple[pd.DataFrame, Schema]:
    """Return rows as the pipeline validates and types them, and the schema that it reads."""
    path = folder / "schema.yaml"
    path.write_text(text, encoding="utf-8")
    schema = load_schema(path)
    return validate(rows, schema)[0], schema


def ignore_copies(
    guesses: list[Guess], copies: list[str], target: Guess, asker: Asker
) -> list[Guess]:
    """Ignore the features that give the target away."""
    reason = f"orders the rows as '{target.name}' does: known before the answer is?"
    for name in copies:
        asker.note(f"'{name}' {reason} It is left out")
    return [each.ignored(reason) if each.name in copies else each for each in guesses]


def check_features(guesses: Sequence[Guess]) -> list[Guess]:
    """Return the features; raises UserError where there are none to learn from in a table."""
    features = [each for each in guesses if each.role == "feature"]
    if not features:
        raise UserError(
            "no column is left to predict from: all are identifiers, constants or empty. Give the "
            "data columns that are known before the answer is."
        )
    if all(each.type == "text" for each in features):
        reason = "The only columns to predict from are texts."
        raise refuse(reason, Project(input="text", task="classification"))
    return features


def describe_problem(title: str, features: Sequence[Guess], target: Guess) -> str:
    names = listed([each.name for each in features], 5)
    if target.is_number:
        return f"From {names} of {title}, predict the number `{target.name}`."
    return f"From {names} of {title}, predict `{target.name}`: {listed(target.categories)}."


def describe(column: Guess, is_target: bool) -> tuple[str, ...]:
    """Return a column's line in the table that is shown, by HEAD."""
    counted = column.tally
    missing = f"{counted.missing_share:.1%}" if counted.missing_share else ""
    examples = ", ".join(counted.counts.index[:3])[:28]
    remark = "sensitive, by its name" if column.sensitive else column.reason
    role, remark = ("target?", "") if is_target else (column.role, remark)
    return column.name, column.type, role, missing, f"{counted.distinct:,}", examples, remark


def facts(guesses: Sequence[Guess], target: Guess, rows: int) -> list[str]:
    """Return what is known of the columns without knowing what they mean."""
    types = Counter(each.type for each in guesses if each.role == "feature")
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(types.items()))
    lines = [f"{rows:,} rows; {types.total()} features ({counts}) and the target `{target.name}`."]
    if left := [f"`{each.name}` ({each.reason})" for each in guesses if each.role == "ignore"]:
        lines.append(f"Left out: {', '.join(left[:20])}{' and more' if left[20:] else ''}.")
    if sensitive := [each.name for each in guesses if each.sensitive]:
        lines.append(f"Sensitive, by their names: {listed(sensitive)}.")
    return lines
