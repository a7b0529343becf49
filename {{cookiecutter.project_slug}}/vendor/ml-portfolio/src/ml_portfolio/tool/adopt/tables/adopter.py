"""A table made ready to be this project's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.column_types import COLUMN_TYPES
from ml_portfolio.tables.schema import Schema
from ml_portfolio.tool.adopt.adoption import Adoption, Origin, Setting, listed, refuse
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.rendering import render
from ml_portfolio.tool.adopt.splits import SplitSettings, choose_split
from ml_portfolio.tool.adopt.tables import canonical, dates
from ml_portfolio.tool.adopt.tables.formats import read_table
from ml_portfolio.tool.adopt.tables.guess import Guess, guess, show_guesses
from ml_portfolio.tool.adopt.tables.table import Table
from ml_portfolio.tool.adopt.tables.targets import TargetKind, find_copies, suggest

MAX_SLICES, MAX_CATEGORIES = 4, 12  # columns by which errors are sliced, and values of each
MANY_ROWS = 200_000  # above, a tree reads a part, and ridge does not leave out each row in turn
ROWS_OF_A_TREE = 100_000
MIN_ROWS = 42  # with fewer, a validation share of 0.2 is too small for a confidence of 0.9


@dataclass(frozen=True)
class TableAdopter:
    """Adopts a table: gives each column a type and a role, and writes it in one canonical form."""

    kind: TargetKind
    settings: SplitSettings

    def prepare(self, origin: Origin, target: str, asker: Asker, folder: Path) -> Adoption:
        table = read_table(origin.path)
        guesses, answer = self.guess_columns(table, origin.source, target, asker)
        rows, changes = canonical.convert(table.rows, guesses, answer)
        asker.note(*changes)
        check_features(guesses)
        schema = as_schema(guesses)
        typed = rows.copy()
        for column in schema.used:
            typed[column.name] = COLUMN_TYPES[column.type].parse(rows[column.name])
        copies = find_copies(typed, schema)  # they give the target away
        reason = f"orders the rows as '{answer.name}' does: known before the answer is?"
        asker.note(*(f"'{name}' {reason} It is left out" for name in copies))
        guesses = [each.ignored(reason) if each.name in copies else each for each in guesses]
        features = check_features(guesses)
        split = choose_split(typed, schema, self.kind.task, self.settings, asker)
        names = listed([each.name for each in features], 5)
        predicted = f"`{answer.name}`: {listed(answer.categories)}"
        if answer.is_number:
            predicted = f"the number `{answer.name}`"
        raw = folder / f"{origin.name}.csv.gz"
        canonical.write(rows, raw)
        return Adoption(
            raw,
            render("schema_table.yaml.j2", columns=guesses, rows=typed),
            f"From {names} of {origin.title}, predict {predicted}.",
            [origin.describe(table.notes), *changes],
            f"{len(rows):,} rows; {len(features)} features and the target `{answer.name}`.",
            canonical.LAYOUT,
            [
                *split,
                *self.kind.settings(typed, features, answer),
                *limit_candidates(len(rows)),
                suggest_slices(features, answer),
            ],
        )

    def guess_columns(
        self, table: Table, source: str, target: str, asker: Asker
    ) -> tuple[list[Guess], Guess]:
        """Return what the columns are, and the target; print them, and ask where it is unclear."""
        guesses, rows = guess(table, target), len(table.rows)
        name = target or suggest(guesses, self.kind)
        show_guesses(table, guesses, {name: "target?"}, source, asker)
        if rows < MIN_ROWS:
            raise UserError(f"{rows} rows are too few to learn from: collect {MIN_ROWS} or more.")
        if not name:
            raise UserError("no column can be predicted: name one with --target COLUMN.")
        if not target:
            name = asker.ask("Which column is to be predicted?", list(table.rows), name)
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


def keep_one_key(guesses: Sequence[Guess], target: str) -> list[Guess]:
    """Let one column decide the split by time, and one by group: the first of each."""
    first = {each.role: each.name for each in reversed(guesses) if each.name != target}
    return [
        each.ignored(f"another column has the role {each.role}")
        if each.role in ("time", "group") and each.name not in (first[each.role], target)
        else each
        for each in guesses
    ]


def as_schema(guesses: Sequence[Guess]) -> Schema:
    """Return what the pipeline will read from the file."""
    columns = [{key: getattr(each, key) for key in ("name", "type", "role")} for each in guesses]
    for column, each in zip(columns, guesses, strict=True):
        column["categories"] = each.categories if each.type == "category" else ()
    return Schema.model_validate({"columns": columns})


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
        raise refuse(reason, "text-classification")
    return features


def suggest_slices(features: Sequence[Guess], target: Guess) -> Setting:
    """Columns with few categories first, then numbers; sensitive ones are compared anyway."""
    few = [each for each in features if 1 < each.tally.distinct <= MAX_CATEGORIES]
    numbers = [each for each in features if each.is_number and each not in few]
    names = [each.name for each in [*few, *numbers] if not each.sensitive and each.type != "text"]
    own = [] if target.is_number else [target.name]
    return Setting("evaluate.slices", [*names[:MAX_SLICES], *own])


def limit_candidates(rows: int) -> list[Setting]:
    """Bound the candidates' time and memory where there are very many rows."""
    if rows <= MANY_ROWS:
        return []
    reason = f"limited, since there are {rows:,} rows"
    share = round(ROWS_OF_A_TREE / rows, 4)
    return [
        Setting("train.candidates.ridge", {"alphas": [1.0], "cv": 2}, reason),
        Setting("train.candidates.random_forest", {"max_samples": share}, reason),
    ]
