from pathlib import Path

import pandas as pd
import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.schema import Column, Schema, load_schema
from ml_portfolio.tables.validation import check_rejected, validate

SCHEMA = Schema(
    columns=(
        Column(name="age", type="integer", min=0, max=120),
        Column(name="size", type="number", nullable=True),
        Column(name="kind", type="category", role="target", categories=("a", "b")),
    )
)


@pytest.mark.parametrize(
    ("age", "size", "kind", "reason"),
    [
        ("30", "1.5", "a", None),
        ("30", None, "a", None),
        (None, "1.5", "a", "age is missing"),
        ("old", "1.5", "a", "age 'old' is not a number"),
        ("121", "1.5", "a", "age '121' is not from 0 to 120"),
        ("1.5", "1.5", "a", "age '1.5' is not a whole number"),
        ("30", "inf", "a", "size 'inf' is not a number"),
        ("30", "1,5", "a", "size '1,5' is not a number"),
        ("30", "1.5", "c", "kind 'c' is not one of the categories"),
        ("30", "1.5", None, "kind is missing"),
        ("-1", "x", "a", "age '-1' is not from 0 to 120; size 'x' is not a number"),
    ],
)
def test_a_row_is_good_or_rejected_with_the_reason(age, size, kind, reason):
    raw = pd.DataFrame({"age": ["1", age], "size": ["1", size], "kind": ["b", kind]}, dtype="str")
    good, rejected = validate(raw, SCHEMA)
    assert rejected["reason"].tolist() == ([reason] if reason else [])
    assert len(good) + len(rejected) == 2
    assert good["age"].dtype == "float64"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("age: {type: integer}", "one column must have 'role: target'"),
        ("age: {type: integr}\nk: {type: category, role: target, categories: [a]}", "age.type"),
        (
            "age: {kind: integer}\nk: {type: category, role: target, categories: [a]}",
            "unknown key 'kind'",
        ),
        ("age: {type: integer, min: 9, max: 1}", "min above its max"),
        ("a: {type: text}\nage:\n  type: integer\n  min: x", "line 4: age.min: .* not 'x'"),
        ("k:\n  type: category\n  categories:\n    - a\n    - true", "line 5: k.categories.1: "),
        ("a: {type: text}\n\nage: {type: integer, min: 9, max: 1}", "line 3: age: 'age' has a min"),
        ("a: {type: text}\nb:\n  type: text\n  rol: ignore", "line 4: b: unknown key 'rol'"),
        ("a: {type: text}\nb: {type: text}\na: {type: date}", 'line 3: .* duplicate key "a"$'),
        ("a: {type: text}\n2024: {type: number}", "line 2: .* read as 2024: put it in quotes"),
        ("b: {type: boolean, categories: [a]}", "'b' is a boolean and cannot list categories"),
        ("o: {type: ordinal}", "'o' is an ordinal and must list its categories"),
        ("o: {type: ordinal, categories: [a, b, a]}", "'o' lists a category twice"),
        ("t: {type: text, min: 3}", "'t' is a text and cannot have min or max"),
        ("k: {type: category}", "must list its categories"),
        ("k: {type: category, role: target, categories: [a, b]}", "no column has 'role: feature'"),
        ("age: 3", "write each column as"),
        ("day: {type: date, role: target}", "'day' is a date and cannot be the target"),
        ("day: {type: category, role: time}", "its type must be date, integer or number"),
        ("day: {type: date, role: time, nullable: true}", "is the time and cannot be nullable"),
        (
            "age: {type: integer}\na: {type: date, role: time}\nb: {type: date, role: time}\n"
            "k: {type: category, role: target, categories: [a, b]}",
            "one column at most can have 'role: time'",
        ),
    ],
)
def test_a_mistake_in_the_schema_is_named(tmp_path, text, message):
    path = tmp_path / "schema.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_schema(path)


def test_dates_are_read_and_what_is_none_is_rejected():
    day = Column(name="day", type="date", role="time")
    schema = SCHEMA.model_copy(update={"columns": (*SCHEMA.columns, day)})
    days = [
        "2026-12-31",
        "2026-12-31 23:59",
        "2026-12-31T23:59:00+01:00",
        "31.12.2026",
        "2026-02-30",
    ]
    raw = pd.DataFrame({"age": "1", "size": "1", "kind": "a", "day": days}, dtype="str")
    good, rejected = validate(raw, schema)
    assert good["day"].dt.hour.tolist() == [0, 23, 22]
    assert [reason.split("' ")[1] for reason in rejected["reason"]] == [
        "is not a date like 2026-12-31"
    ] * 2


def test_a_group_need_not_be_listed():
    machine = Column(name="machine", type="category", role="group")
    schema = SCHEMA.model_copy(update={"columns": (*SCHEMA.columns, machine)})
    raw = pd.DataFrame({"age": "1", "size": "1", "kind": "a", "machine": ["x", None]}, dtype="str")
    good, rejected = validate(raw, schema)
    assert good["machine"].tolist() == ["x"]
    assert rejected["reason"].tolist() == ["machine is missing"]


def test_booleans_and_texts_are_read_and_bad_ones_are_rejected():
    yes, note = Column(name="yes", type="boolean"), Column(name="note", type="text", nullable=True)
    schema = SCHEMA.model_copy(update={"columns": (*SCHEMA.columns, yes, note)})
    raw = pd.DataFrame(
        {"age": "1", "size": "1", "kind": "a", "yes": ["True", "perhaps"], "note": "x" * 20_001},
        dtype="str",
    )
    raw.loc[0, "note"] = None
    good, rejected = validate(raw, schema)
    assert good["yes"].tolist() == ["true"]
    (reason,) = rejected["reason"]
    assert reason.startswith("yes 'perhaps' is not true or false; note 'xxx")
    assert reason.endswith("is longer than 20,000 characters")


@pytest.mark.parametrize(("most", "stops"), [(0.5, False), (0.4, True)])
def test_too_many_rejected_rows_stop_the_stage(most, stops):
    rejected = pd.DataFrame({"reason": ["age is missing"]}, index=pd.Index([7], name="line"))
    if not stops:
        return check_rejected(rejected, 2, most, Path("x.csv"))
    message = "x.csv: 1 of 2 rows cannot be used, the first is line 7: age is missing. Fix them"
    with pytest.raises(UserError, match=message):
        check_rejected(rejected, 2, most, Path("x.csv"))
