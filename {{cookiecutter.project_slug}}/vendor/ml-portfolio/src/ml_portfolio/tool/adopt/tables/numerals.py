"""Numbers as people write them: $1,234.50, 12 %, 1.234,5, (300), 1 000."""

import re

import pandas as pd

LONGEST = 50  # characters of a number
DECORATION = re.compile(
    r"[\s'_\u00a0\u202f\u2009]|[€$£¥₹%]|\b(usd|eur|gbp|chf|jpy|inr|cad|aud)\b", re.IGNORECASE
)
STYLES = {  # whether decimals follow a point or a comma: the other one separates thousands
    "point": re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][-+]?\d+)?"),
    "comma": re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?([eE][-+]?\d+)?"),
}


def to_plain(values: pd.Series, style: str) -> pd.Series:
    """Return numbers as plain text such as -1234.5; None where a value is none of this style."""
    return values.map(lambda value: value_to_plain(value, style))


def value_to_plain(value: object, style: str) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    bare = DECORATION.sub("", value.replace("\u2212", "-"))
    if bare.startswith("(") and bare.endswith(")"):  # as accountants write what is below zero
        bare = f"-{bare[1:-1]}"
    if not STYLES[style].fullmatch(bare) or not any(sign.isdigit() for sign in bare):
        return None
    if style == "point":
        return bare.replace(",", "")
    return bare.replace(".", "").replace(",", ".")
