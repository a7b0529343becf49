"""Numbers as people write them: $1,234.50, 12 %, 1.234,5, (300), 1 000."""

import pandas as pd

DECORATION = r"(?i)[\s'_\u00a0\u202f\u2009]|[€$£¥₹%]|\b(usd|eur|gbp|chf|jpy|inr|cad|aud)\b"
STYLES = {"point": (".", ","), "comma": (",", ".")}  # what decimals follow; what thousands do


def to_plain(values: pd.Series, style: str) -> pd.Series:
    """Return numbers as plain text such as -1234.5; None where a value is none of this style."""
    decimal, thousands = STYLES[style]
    bare = values.str.replace("\u2212", "-").str.replace(DECORATION, "", regex=True)
    bare = bare.str.replace(r"^\((.*)\)$", r"-\1", regex=True)  # as accountants write losses
    integer = rf"(\d+|[1-9]\d{{0,2}}(\{thousands}\d{{3}})+)"
    good = bare.str.fullmatch(rf"[-+]?({integer}(\{decimal}\d*)?|\{decimal}\d+)([eE][-+]?\d+)?")
    plain = bare.str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
    return plain.where(good.fillna(False).astype(bool))
