"""Numbers as people write them: $1,234.50, 12 %, 1.234,5, (300), 1 000."""

import pandas as pd

DECORATION = r"(?i)[\s'_\u00a0\u202f\u2009]|[€$£¥₹%]|\b(usd|eur|gbp|chf|jpy|inr|cad|aud)\b"
STYLES = ("point", "comma")  # what decimals follow; the other separates thousands


def to_plain(values: pd.Series, style: str) -> pd.Series:
    """Return numbers as plain text such as -1234.5; None where a value is none of this style."""
    point, comma = (".", ",") if style == "point" else (",", ".")
    bare = values.str.replace("\u2212", "-").str.replace(DECORATION, "", regex=True)
    bare = bare.str.replace(r"^\((.*)\)$", r"-\1", regex=True)  # as accountants write losses
    number = rf"[-+]?(\d+|\d{{1,3}}(\{comma}\d{{3}})+)?(\{point}\d*)?([eE][-+]?\d+)?"
    good = bare.str.fullmatch(number) & bare.str.contains(r"\d")
    plain = bare.str.replace(comma, "", regex=False).str.replace(point, ".", regex=False)
    return plain.where(good.fillna(False).astype(bool))
