"""Checks each row against the schema: a row that breaks it is rejected, with the reason."""

from pathlib import Path

import pandas as pd

from ml_portfolio.config.errors import UserError
from ml_portfolio.tables.column_types import COLUMN_TYPES
from ml_portfolio.tables.schema import Column, Schema

MAX_SHOWN = 60  # characters of an invalid value


def validate(raw: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split rows of text into valid ones, with numbers and dates converted, and rejected ones.

    Rejected rows stay as they were read, with a column `reason` in front.
    """
    reasons = pd.Series("", raw.index)
    for column in schema.used:
        reasons = join_reasons(reasons, find_reasons(raw[column.name], column))
    valid = raw[reasons == ""].copy()
    for column in schema.used:
        valid[column.name] = COLUMN_TYPES[column.type].parse(valid[column.name])
    return valid, take_rejected(raw, reasons)


def take_rejected(raw: pd.DataFrame, reasons: pd.Series) -> pd.DataFrame:
    """Return the rows that have a reason [n], with a column `reason` in front."""
    rejected = raw[reasons != ""].copy()
    rejected.insert(0, "reason", reasons[reasons != ""])
    return rejected


def find_reasons(values: pd.Series, column: Column) -> pd.Series:
    """Return what is wrong with each value of a column [n], "" where nothing is."""
    known = values.dropna()
    broken = pd.Series("", known.index)
    for is_valid, problem in COLUMN_TYPES[column.type].rules(column):
        text = column.name + " " + known.str[:MAX_SHOWN].map(repr) + " " + problem
        broken = join_reasons(broken, text.where(~is_valid(known), ""))
    missing = "" if column.nullable else f"{column.name} is missing"
    return broken.reindex(values.index, fill_value=missing)


def join_reasons(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return both reasons of each row [n], with a semicolon between them where there are two."""
    separator = pd.Series("; ", first.index).where((first != "") & (second != ""), "")
    return first + separator + second


def check_rejected(rejected: pd.DataFrame, total: int, most: float, file: Path) -> None:
    """Raise UserError where more than a share of the rows (or images) of a file is rejected.

    most: the share that is allowed, from 0 to 1
    """
    if len(rejected) > most * total:
        first = rejected.iloc[0]
        is_table = rejected.index.name == "line"
        unit, where = ("rows", f"line {first.name}") if is_table else ("images", first["name"])
        raise UserError(
            f"{file}: {len(rejected):,} of {total:,} {unit} cannot be used, the first is {where}: "
            f"{first['reason']}. Fix them or data/schema.yaml, or raise "
            "preprocess.max_rejected_share in params.yaml."
        )
