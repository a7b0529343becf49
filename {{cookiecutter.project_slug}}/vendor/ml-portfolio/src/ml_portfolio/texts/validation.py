"""Checks each row against the schema, and each text against those before it."""

import numpy as np
import pandas as pd

from ml_portfolio.tables.validation import join_reasons, take_rejected
from ml_portfolio.texts.schema import Label, Schema

TEXT, LABEL = "text", "label"  # the columns of valid rows


def validate(raw: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Split rows into valid ones (text, label) and rejected ones, and count those of no class.

    Rejected rows stay as they were read, with a column `reason` in front. Rows whose number lies
    between the classes break no rule: they are left out and counted.
    """
    text = raw[schema.text.column].str.strip()
    labels, label_reasons = find_labels(raw[schema.label.column], schema.label)
    reasons = join_reasons(text_reasons(text, schema), label_reasons)
    between = (reasons == "") & labels.isna()
    kept = (reasons == "") & ~between
    reasons[kept] = duplicate_reasons(text[kept])
    valid = pd.DataFrame({TEXT: text, LABEL: labels})[kept & (reasons == "")]
    return valid, take_rejected(raw, reasons), int(between.sum())


def text_reasons(text: pd.Series, schema: Schema) -> pd.Series:
    """Return what is wrong with each text [n], "" where nothing is."""
    column, low, high = schema.text.column, schema.text.min_characters, schema.text.max_characters
    length = text.str.len().fillna(0)
    reasons = pd.Series("", index=text.index)
    reasons[length < low] = f"{column} is shorter than {low} characters"
    reasons[length > high] = f"{column} is longer than {high} characters"
    reasons[length == 0] = f"{column} is missing"
    return reasons


def find_labels(values: pd.Series, label: Label) -> tuple[pd.Series, pd.Series]:
    """Return the class of each row, None where it has none, and what is wrong with its label."""
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    found = pd.Series(None, index=values.index, dtype=object)
    for name, rule in label.classes.items():
        if rule.words:
            found[values.isin(rule.words)] = name
        elif rule.above is not None:
            found[numbers > rule.above] = name
        else:
            found[numbers < rule.below] = name
    invalid = found.isna() if label.by_words else ~np.isfinite(numbers)
    problem = "belongs to no class" if label.by_words else "is not a number"
    text = label.column + " " + values.map(repr) + " " + problem
    reasons = text.where(invalid, "").where(values.notna(), f"{label.column} is missing")
    return found, reasons


def duplicate_reasons(text: pd.Series) -> pd.Series:
    """Return which texts [n] repeat an earlier one, but for case and punctuation.

    With one in training and the other in the test split, the test would measure memory.
    """
    key = text.str.casefold().str.replace(r"[\s.,!?]+", " ", regex=True).str.strip()
    first = key.groupby(key).transform(lambda group: group.index[0])
    reasons = "repeats the text of line " + first.astype(str)
    return reasons.where(first != text.index, "")
