"""Numbers as people write them: $1,234.50, 12 %, 1.234,5, (300), 1 000."""

import re

import pandas as pd

DRESS = re.compile(
    r"[\s'_\u00a0\u202f\u2009]|[€$£¥₹%]|\b(usd|eur|gbp|chf|jpy|inr|cad|aud)\b", re.IGNORECASE
)
STYLES = {  # whether a point or a comma parts the decimals: the other one parts thousands
    "point": re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][-+]?\d+)?"),
    "comma": re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?([eE][-+]?\d+)?"),
}


def undress(values: pd.Series, style: str) -> pd.Series:
    """Numbers in plain writing, as text; None where a value is no number of this style."""
    return values.map(lambda value: undressed(value, STYLES[style], style))


def undressed(value: object, pattern: re.Pattern[str], style: str) -> str | None:
    if not isinstance(value, str):
        return None
    bare = DRESS.sub("", value.replace("\u2212", "-"))
    if bare.startswith("(") and bare.endswith(")"):  # as accountants write what is below zero
        bare = f"-{bare[1:-1]}"
    if not pattern.fullmatch(bare) or not any(sign.isdigit() for sign in bare):
        return None
    if style == "point":
        return bare.replace(",", "")
    return bare.replace(".", "").replace(",", ".")
