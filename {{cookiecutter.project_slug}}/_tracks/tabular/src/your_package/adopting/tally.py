"""What is counted of a column while a table goes by, piece by piece."""

import math
from collections import Counter

import numpy as np
import pandas as pd

from .dates import count_formats
from .numerals import STYLES, undress

# Words that stand for nothing, wherever they are.
MISSING = {"", "?", "na", "n/a", "#n/a", "nan", "null", "-", "--", ".", "<na>", "(null)", "#null!"}
MOST = 2_000  # different values that are counted one by one
TRIED = 2_000  # values of a piece that are no plain numbers, tried as other ones


class Tally:
    """Counts of one column. A share of values is told by `of`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = self.missing = self.plain = self.whole = self.padded = 0
        self.points = self.threes = 0  # plain numbers with a point; and with three digits after it
        self.low, self.high = math.inf, -math.inf
        self.odd: Counter[str] = Counter()  # by the style of number; "" counts those tried
        self.dates: Counter[str] = Counter()
        self.counts: Counter[str] | None = Counter()  # None: too many different values
        self.words = 0  # in all values together
        self.distinct = 0  # in the first piece
        self.first = 0  # rows of the first piece that are not missing
        self.examples: list[str] = []
        self.steady = False  # whether the first piece counts up by one

    @property
    def known(self) -> int:
        return self.rows - self.missing

    def of(self, count: float) -> float:
        return count / max(self.known, 1)

    def add(self, values: pd.Series) -> None:
        """Count a piece: each different value once, with its times."""
        codes, found = pd.factorize(values)
        times = np.bincount(codes[codes >= 0], minlength=len(found))
        text = pd.Series(found, dtype="str").str.strip()
        here = (~text.str.casefold().isin(MISSING)).to_numpy()
        text, times = text[here], times[here]
        if not self.rows:
            self.look_first(values, text)
        self.rows += len(values)
        self.missing += len(values) - int(times.sum())
        number = pd.to_numeric(text, errors="coerce").to_numpy("float64")
        good = np.isfinite(number)
        self.plain += int(times[good].sum())
        self.whole += int(times[good & (number == np.floor(number))].sum())
        if good.any():
            self.low = min(self.low, float(number[good].min()))
            self.high = max(self.high, float(number[good].max()))
            self.padded += int(text[good].str.match(r"[-+]?0\d").sum())
            self.points += int(text[good].str.match(r"[-+]?\d*\.\d").sum())
            self.threes += int(text[good].str.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}").sum())
        self.add_odd(text[~good], times[~good])
        self.words += int((text.str.count(r"\s+") + 1).to_numpy() @ times) if len(text) else 0
        self.add_counts(text, times)

    def look_first(self, values: pd.Series, text: pd.Series) -> None:
        known = values.dropna()
        self.distinct, self.first = text.nunique(), len(known)
        self.examples = list(text.drop_duplicates()[:3])
        numbers = pd.to_numeric(known, errors="coerce")
        self.steady = len(known) > 1 and bool((numbers.diff().iloc[1:] == 1).all())

    def add_odd(self, text: pd.Series, times: np.ndarray) -> None:
        """Values that are no plain numbers: are they dressed ones, or dates?"""
        if text.empty:
            return
        some, times = text[:TRIED], times[:TRIED]
        self.odd[""] += int(times.sum())
        for style in STYLES:
            self.odd[style] += int(times[undress(some, style).notna().to_numpy()].sum())
        self.dates.update(count_formats(text))

    def add_counts(self, text: pd.Series, times: np.ndarray) -> None:
        if self.counts is None or len(text) > MOST:
            self.counts = None
            return
        for word, count in zip(text, times, strict=True):
            self.counts[word] += int(count)
        if len(self.counts) > MOST:
            self.counts = None
