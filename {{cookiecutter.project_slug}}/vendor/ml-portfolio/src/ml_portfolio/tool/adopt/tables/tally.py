"""What is counted in a column of text."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ml_portfolio.tool.adopt.tables.numerals import STYLES, to_plain

TRIED = 5_000  # different values that are not plain numbers, tried as formatted ones
WORD = r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff]{5}|\S+"  # five letters where no spaces are


@dataclass(frozen=True)
class Tally:
    name: str
    rows: int
    counts: pd.Series  # rows of each different value, the most frequent first
    numbers: int  # rows with a plain number, such as -1.5 or 2e3
    integers: int  # of these, rows with an integer
    zero_padded: bool  # whether there are numbers such as 007
    with_point: int  # different numbers such as 1.5
    with_thousandths: int  # of these, numbers such as 1.234
    counts_up: bool  # whether the numbers rise by one from row to row
    others: pd.Series  # different values that are not plain numbers
    styles: dict[str, float]  # what share of these rows are numbers of each style (see numerals)
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
    plain, others = text[finite], text[~finite]
    thousandths = plain.str.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}")
    unique = finite.all() and len(counts) == times.sum() > 1
    counts_up = unique and (pd.to_numeric(values.dropna()).diff().iloc[1:] == 1).all()
    return Tally(
        name=str(values.name),
        rows=len(values),
        counts=counts,
        numbers=int(times[finite].sum()),
        integers=int(times[finite & (numbers == np.floor(numbers))].sum()),
        zero_padded=bool(plain.str.match(r"[-+]?0\d").any()),
        with_point=int(plain.str.match(r"[-+]?\d*\.\d").sum()),
        with_thousandths=int(thousandths.sum()),
        counts_up=bool(counts_up),
        others=others,
        styles=style_shares(others[:TRIED], times[~finite][:TRIED]),
        words=float(text.str.count(WORD).to_numpy() @ times) / max(int(times.sum()), 1),
    )


def style_shares(values: pd.Series, times: np.ndarray) -> dict[str, float]:
    """Return what share of rows are numbers of each style; times: rows of each value [n]."""
    rows = {s: times[to_plain(values, s).notna().to_numpy(bool)].sum() for s in STYLES}
    return {style: float(number / max(times.sum(), 1)) for style, number in rows.items()}
