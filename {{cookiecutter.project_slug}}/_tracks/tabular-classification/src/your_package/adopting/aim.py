"""The target of this project: one of a few classes."""

from collections.abc import Sequence

import pandas as pd

from ..errors import UserError
from ..target import FEWEST
from .adoption import Setting, listed
from .asking import Asker
from .guess import CODES, FALSE, TRUE, Guess, count_names
from .other_track import refuse
from .table import one_name

MOST = 200  # classes that are suggested


def fits(column: Guess) -> bool:
    """Whether it has a few classes: words, or few whole numbers."""
    counts = column.tally.counts
    few = counts is not None and 2 <= len(counts) <= (CODES if column.is_number else MOST)
    return few and column.type != "number"


def fit(target: Guess, asker: Asker) -> Guess:
    """The target as classes; raises UserError where it has none, or another project fits."""
    counts = target.tally.counts
    if target.is_number and (counts is None or len(counts) > CODES or target.type == "number"):
        why = f"'{target.name}' is a number, and this project tells classes apart."
        raise refuse(why, task="regression")
    if counts is None or target.type == "text":
        raise UserError(
            f"'{target.name}' has too many different values to be classes: name another column "
            "with --target COLUMN."
        )
    if len(counts) < 2:
        raise UserError(
            f"'{target.name}' is the same in every row: there is nothing to tell apart. Name "
            "another column with --target COLUMN."
        )
    style = "whole" if target.tally.whole == target.tally.known else ""
    target = target.now(role="target", why="what is predicted", style=style, sensitive=False)
    if target.type == "boolean" and len(set(one_name(counts).values())) > 2:  # yes, TRUE and 1
        return target.now(categories=("false", "true"))
    kept = leave_out_rare(target, asker)
    why = f"of the two classes {kept[1]} is the positive one" if len(kept) == 2 else target.why
    return target.now(type="category", categories=kept, why=why, formats=())


def leave_out_rare(target: Guess, asker: Asker) -> tuple[str, ...]:
    """The classes that have enough rows, in order; what becomes of the others is asked."""
    counts = count_names(target)
    rare = {word: times for word, times in counts.items() if times < FEWEST}
    kept = [word for word in counts if word not in rare]
    if len(kept) < 2:
        raise UserError(
            f"'{target.name}' has fewer than two classes with {FEWEST} rows or more: collect more "
            "rows, merge classes, or name another column with --target COLUMN."
        )
    if rare:
        named = ", ".join(f"'{word}' ({times})" for word, times in list(rare.items())[:8])
        said = f"classes of '{target.name}' with fewer than {FEWEST} rows: {named}"
        answers = {"leave out": "learn to tell the others apart", "stop": "I will merge or collect"}
        if asker.choose(said, answers, "leave out") == "stop":
            raise UserError("nothing was changed.")
        asker.tell(f"{said}. Their rows are left out")
    return in_order(kept, counts)


def in_order(words: list[str], counts: dict[str, int]) -> tuple[str, ...]:
    """Numbers by size, words by letters; of two the positive one, or the rarer, comes last."""
    if len(words) == 2:
        known = {word.casefold() for word in words}
        told = bool(known & FALSE and known & TRUE)
        return tuple(sorted(words, key=lambda w: (told and w.casefold() in TRUE, -counts[w], w)))
    numbers = pd.to_numeric(pd.Series(words), errors="coerce")
    if numbers.notna().all():
        return tuple(word for _, word in sorted(zip(numbers, words, strict=True)))
    return tuple(sorted(words))


def settings(
    rows: pd.DataFrame, features: Sequence[Guess], target: Guess, chosen: Sequence[Setting]
) -> list[Setting]:
    """What else of params.yaml hangs on the data."""
    found = []
    if any(each.value == "time" for each in chosen):
        why = "split by time, the test rows may be of another season; else 0.25 (PSI)"
        found.append(Setting("quality.max_drift", None, why))
    if len(target.categories) > 2:  # newton-cholesky's memory grows with their number squared
        linear = {"solver": "lbfgs", "max_iter": 1000}
        found.append(Setting("train.candidates.logistic_regression", linear))
    return found


def say_problem(title: str, features: Sequence[Guess], target: Guess) -> str:
    names = listed([each.name for each in features], 5)
    return f"From {names} of {title}, predict `{target.name}`: {listed(target.categories)}."
