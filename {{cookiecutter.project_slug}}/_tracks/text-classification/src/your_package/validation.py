"""Each row held against the schema, and against those before it."""

import numpy as np
import pandas as pd

from .schema import Label, Schema

TEXT, LABEL = "text", "label"  # the columns of what is handed on


def validate(raw: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Part rows into good ones (text, label), rejected ones, and those that are of no class.

    Rejected rows stay as they were read, with a column `reason` in front. Rows whose number lies
    between the classes break no rule: they are left out, and counted.
    """
    text = raw[schema.text.column].str.strip()
    labels, label_reasons = find_labels(raw[schema.label.column], schema.label)
    reasons = join(text_reasons(text, schema), label_reasons)
    between = (reasons == "") & labels.isna()
    kept = (reasons == "") & ~between
    reasons[kept] = twin_reasons(text[kept])
    rejected = raw[reasons != ""].copy()
    rejected.insert(0, "reason", reasons[reasons != ""])
    good = pd.DataFrame({TEXT: text, LABEL: labels})[kept & (reasons == "")]
    return good, rejected, int(between.sum())


def text_reasons(text: pd.Series, schema: Schema) -> pd.Series:
    """What is wrong with each text, or nothing."""
    column, low, high = schema.text.column, schema.text.min_characters, schema.text.max_characters
    length = text.str.len().fillna(0)
    reasons = pd.Series("", index=text.index)
    reasons[length < low] = f"{column} is shorter than {low} characters"
    reasons[length > high] = f"{column} is longer than {high} characters"
    reasons[length == 0] = f"{column} is missing"
    return reasons


def find_labels(values: pd.Series, label: Label) -> tuple[pd.Series, pd.Series]:
    """The class of each row, None where it is of none; and what is wrong with its label."""
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    found = pd.Series(None, index=values.index, dtype=object)
    for name, rule in label.classes.items():
        if rule.words:
            found[values.isin(rule.words)] = name
        elif rule.above is not None:
            found[numbers > rule.above] = name
        else:
            found[numbers < rule.below] = name
    broken = found.isna() if label.by_words else ~np.isfinite(numbers)
    what = "is of no class" if label.by_words else "is not a number"
    said = label.column + " " + values.map(repr) + " " + what
    reasons = said.where(broken, "").where(values.notna(), f"{label.column} is missing")
    return found, reasons


def twin_reasons(text: pd.Series) -> pd.Series:
    """Which texts say, but for case and stops, what an earlier one says.

    Were one learnt from and its twin tested on, the test would be of memory.
    """
    alike = text.str.casefold().str.replace(r"[\s.,!?]+", " ", regex=True).str.strip()
    first = alike.groupby(alike).transform(lambda group: group.index[0])
    lines = "says what line " + first.astype(str) + " says"
    return lines.where(first != text.index, "")


def join(first: pd.Series, second: pd.Series) -> pd.Series:
    both = (first != "") & (second != "")
    return first + np.where(both, "; ", "") + second
