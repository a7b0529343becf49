"""What is counted in a column of text, with numbers as people write them: $1,234.50, (300)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

DECORATION = r"(?i)[\s'_\u00a0\u202f\u2009]|[€$£¥₹%]|\b(usd|eur|gbp|chf|jpy|inr|cad|aud)\b"
STYLES = {"point": (".", ","), "comma": (",", ".")}  # what decimals follow; what thousands do
TRIED = 5_000  # different values, the most frequent first, that are tried as numbers of each style
WORD = r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff]{5}|\S+"  # five letters where no spaces are


@dataclass(frozen=True)
class Tally:
    name: str
    rows: int
    counts: pd.Series  # rows of each different value, the most frequent first
    integers: int  # rows with a plain integer, such as -1 or 2.0
    zero_padded: bool  # whether there are numbers such as 007
    counts_up: bool  # whether the numbers rise by one from row to row
    others: pd.Series  # different values that are not plain numbers
    styles: dict[str, float]  # the share of values that are numbers of each style (see STYLES)
    plain: dict[str, float]  # the share of values that are so, and need no conversion
    words: float  # in a value, on average

    @property
    def known(self) -> int:
        return int(self.counts.sum())

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @property
    def missing_share(self) -> float:
        return 1 - self.known / self.rows


def count(values: pd.Series) -> Tally:
    """Count the values [n] of a column; each different one is looked at once."""
    counts = values.value_counts()
    text, times = pd.Series(counts.index, dtype="str"), counts.to_numpy()
    numbers = pd.to_numeric(text, errors="coerce").to_numpy("float64")
    finite = np.isfinite(numbers)
    unique = finite.all() and len(counts) == times.sum() > 1
    counts_up = unique and (pd.to_numeric(values.dropna()).diff().iloc[1:] == 1).all()
    tried, weights = text[:TRIED], times[:TRIED] / max(times[:TRIED].sum(), 1)
    readings = {style: to_plain(tried, style) for style in STYLES}
    return Tally(
        name=str(values.name),
        rows=len(values),
        counts=counts,
        integers=int(times[finite & (numbers == np.floor(numbers))].sum()),
        zero_padded=bool(text[finite].str.match(r"[-+]?0\d").any()),
        counts_up=bool(counts_up),
        others=text[~finite],
        styles={style: float(weights[read.notna()].sum()) for style, read in readings.items()},
        plain={style: float(weights[read == tried].sum()) for style, read in readings.items()},
        words=float(text.str.count(WORD).to_numpy() @ times) / max(int(times.sum()), 1),
    )


def to_plain(values: pd.Series, style: str) -> pd.Series:
    """Return numbers as plain text such as -1234.5; None where a value is none of this style."""
    decimal, thousands = STYLES[style]
    bare = values.str.replace("\u2212", "-").str.replace(DECORATION, "", regex=True)
    bare = bare.str.replace(r"^\((.*)\)$", r"-\1", regex=True)  # as accountants write losses
    integer = rf"(\d+|[1-9]\d{{0,2}}(\{thousands}\d{{3}})+)"
    good = bare.str.fullmatch(rf"[-+]?({integer}(\{decimal}\d*)?|\{decimal}\d+)([eE][-+]?\d+)?")
    plain = bare.str.replace(thousands, "", regex=False).str.replace(decimal, ".", regex=False)
    return plain.where(good.fillna(False).astype(bool))
