"""Each row held against the schema: what breaks it is rejected, with the reason."""

import pandas as pd
import pandera.pandas as pa

from .kinds import KINDS
from .schema import Column, Schema


def validate(raw: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part rows of text into good ones, with numbers as numbers, dates as dates, and rejected.

    Rejected rows stay as they were read, with a column `reason` in front.
    """
    reasons = find_reasons(raw, schema)
    bad = raw.index.isin(reasons.index)
    rejected = raw[bad].copy()
    rejected.insert(0, "reason", reasons)
    good = raw[~bad].copy()
    for column in schema.used:
        good[column.name] = KINDS[column.type].read(good[column.name])
    return good, rejected


def find_reasons(raw: pd.DataFrame, schema: Schema) -> pd.Series:
    """Why each bad row is bad, in words, by its index."""
    rules = pa.DataFrameSchema({column.name: rule(column) for column in schema.used})
    try:
        rules.validate(raw, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        words = cases["check"].replace("not_nullable", "is missing")
        values = cases["failure_case"].map(lambda value: "" if pd.isna(value) else f"{value!r} ")
        text = cases["column"] + " " + values + words
        return text.groupby(cases["index"]).agg("; ".join)
    return pd.Series(dtype=str)


def rule(column: Column) -> pa.Column:
    """The checks of one column, on values as text. Missing values pass where they may."""
    rules = KINDS[column.type].rules(column)
    return pa.Column(None, [pa.Check(good, error=f) for good, f in rules], nullable=column.nullable)
