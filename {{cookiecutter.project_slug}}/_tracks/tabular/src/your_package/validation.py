"""Each row held against the schema: what breaks it is rejected, with the reason."""

import numpy as np
import pandas as pd
import pandera.pandas as pa

from .schema import Column, Schema


def validate(raw: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part rows of text into good ones, with numbers as numbers, and rejected ones.

    Rejected rows stay as they were read, with a column `reason` in front.
    """
    reasons = find_reasons(raw, schema)
    bad = raw.index.isin(reasons.index)
    rejected = raw[bad].copy()
    rejected.insert(0, "reason", reasons)
    good = raw[~bad].copy()
    for column in schema.used:
        if column.is_number:
            good[column.name] = pd.to_numeric(good[column.name]).astype("float64")
        elif column.type == "date":
            good[column.name] = as_date(good[column.name])
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
    if column.type == "date":
        known = pa.Check(lambda text: as_date(text).notna(), error="is no date like 2026-12-31")
        return pa.Column(None, [known], nullable=column.nullable)
    if not column.is_number:
        listed = pa.Check.isin(column.categories, error="is not one of the categories")
        # Who or what a group is, nobody can list beforehand.
        return pa.Column(None, [listed] if column.categories else [], nullable=column.nullable)
    low = -np.inf if column.min is None else column.min
    high = np.inf if column.max is None else column.max
    checks = [
        pa.Check(lambda text: np.isfinite(as_number(text)), error="is not a number"),
        pa.Check(
            lambda text: ~((as_number(text) < low) | (as_number(text) > high)),
            error=f"is not from {low:g} to {high:g}",
        ),
    ]
    if column.type == "integer":
        checks.append(
            pa.Check(lambda text: ~(as_number(text) % 1 > 0), error="is not a whole number")
        )
    return pa.Column(None, checks, nullable=column.nullable)


def as_date(text: pd.Series) -> pd.Series:
    """Dates, with a time of day or not, as ISO 8601 writes them; without a zone they are UTC."""
    return pd.to_datetime(text, errors="coerce", format="ISO8601", utc=True)


def as_number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce").astype("float64")
