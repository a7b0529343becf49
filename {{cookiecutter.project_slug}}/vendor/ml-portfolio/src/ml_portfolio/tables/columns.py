"""Columns of a table: what a request may hold, and what of it reaches the ONNX graph.

A class for each type. Training makes its X with the same `array`, so that training and serving
cannot differ; serving/page/table/encode.js does the same in the browser. `column_types.py` reads
each type from raw data.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LARGEST = float(np.finfo(np.float32).max)  # the graph computes in float32
# Letters of all scripts: all but ASCII's, Latin-1's and general punctuation. Unlike \w, it means
# the same in JavaScript.
WORD = r"[^\s\u0000-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\ufeff\uff00-\uff0f]+"
DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII | re.IGNORECASE,
)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (dates are kept in UTC, without a zone)
DATE_PARTS = ["days since 1970", "month", "day", "weekday", "hour"]


class Base(BaseModel):
    """A column of any type."""

    name: str
    tensor: str  # the graph's name for it
    required: bool
    description: str
    categories: list[str] = []  # where they are listed, those that have a meaning to the model
    dtype: ClassVar[Any] = np.float32  # of what `cells` returns; there None becomes NaN

    @property
    def parts(self) -> list[str]:
        """Return the names of the columns that `array` makes of it; [""] where it stays one."""
        return [""]

    def value_type(self) -> Any:
        """Return the type that validates a value and, for the documentation, its JSON Schema."""
        raise NotImplementedError

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        """Turn validated values, None where missing, into the graph's, if it is one for each."""
        return values

    def array(self, values: Sequence[Any]) -> np.ndarray:
        """Turn validated values, None where missing, into [rows, parts] of float32 or words."""
        return np.array(self.cells(values), self.dtype).reshape(-1, 1)

    def feature(self, value: Any) -> Any:
        """Return the number or word of a validated value that drift is measured by."""
        return value

    @cached_property
    def places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.categories)}

    def unusual(self, values: Sequence[Any]) -> list[int]:
        """Return the places of values that need a warning: most need none."""
        if not self.categories:
            return [place for place, value in enumerate(values) if value is None]
        if all(map(self.places.__contains__, values)):  # faster than to look at each
            return []
        return [place for place, value in enumerate(values) if value not in self.places]

    def warning(self, value: Any) -> str:
        if value is None:
            return f"{self.name} is missing: treated as not known"
        return f"{self.name} {value[:40]!r} is unknown: not in the training data, so ignored"


class Number(Base):
    type: Literal["number", "integer"]
    min: float | None
    max: float | None

    def value_type(self) -> Any:
        low = -LARGEST if self.min is None else self.min
        high = LARGEST if self.max is None else self.max
        step = 1 if self.type == "integer" else None  # 38.0 is one too, in JSON and JavaScript
        limits = Field(strict=True, ge=low, le=high, multiple_of=step)
        schema = {"type": self.type, "minimum": low, "maximum": high}
        return Annotated[float, limits, WithJsonSchema(schema)]


class Words(Base):
    """Words of a list. Others are answered too, with a warning."""

    def value_type(self) -> Any:
        schemas = [{"enum": self.categories}, {"type": "string"}]
        return Annotated[str, Field(strict=True), WithJsonSchema({"anyOf": schemas})]


class Category(Words):
    """Words without an order."""

    type: Literal["category"]
    missing: str  # what the graph takes for a missing one
    dtype: ClassVar[Any] = object

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [self.missing if word is None else word for word in values]

    def feature(self, value: str | None) -> str | None:
        return None if value == self.missing else value

    def warning(self, value: str | None) -> str:
        return super().warning(self.feature(value))


class Ordinal(Words):
    """Words in an order: the model sees a word's place in it. One that is not listed has none."""

    type: Literal["ordinal"]

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [self.places.get(word, np.nan) for word in values]


class Boolean(Base):
    """True or false: 1 or 0 for the model, a word for people and for drift."""

    type: Literal["boolean"]

    def value_type(self) -> Any:
        as_word = AfterValidator(lambda value: "true" if value else "false")
        return Annotated[bool, Field(strict=True), as_word]

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [{"true": 1, "false": 0}.get(word, np.nan) for word in values]


class Date(Base):
    """A date, with a time of day or without, in UTC where it has no zone: its parts as numbers."""

    type: Literal["date"]
    time: bool  # whether the training data had times of day

    @property
    def parts(self) -> list[str]:
        return DATE_PARTS if self.time else DATE_PARTS[:-1]

    def value_type(self) -> Any:
        date = {"type": "string", "format": "date", "examples": ["2026-12-31"]}
        moment = {"type": "string", "format": "date-time", "examples": ["2026-12-31T23:59:00Z"]}
        likely = [moment, date] if self.time else [date, moment]
        return Annotated[Any, PlainValidator(as_date), WithJsonSchema({"anyOf": likely})]

    def array(self, values: Sequence[Any]) -> np.ndarray:
        return date_parts(np.asarray(values, "datetime64[s]"))[:, : len(self.parts)]

    def feature(self, value: datetime | None) -> float | None:
        return None if value is None else (value - EPOCH) / timedelta(days=1)


class Text(Base):
    """Free text: how often each word of a list occurs in it, in lower case."""

    type: Literal["text"]
    word: str  # the regular expression of a word
    words: list[str]  # the most frequent of the training data
    longest: int  # in characters

    @property
    def parts(self) -> list[str]:
        return self.words

    def value_type(self) -> Any:
        return Annotated[str, Field(strict=True, min_length=1, max_length=self.longest)]

    def array(self, values: Sequence[Any]) -> np.ndarray:
        counts = np.zeros((len(values), len(self.words)), np.float32)
        places = {word: place for place, word in enumerate(self.words)}
        for row, text in zip(counts, values, strict=True):
            for word in split_words(text or "", self.word):
                if word in places:
                    row[places[word]] += 1
        return counts

    def feature(self, value: str | None) -> int | None:
        return None if value is None else len(value)


InputColumn = Annotated[
    Number | Category | Ordinal | Boolean | Date | Text, Field(discriminator="type")
]


def split_words(text: str, word: str = WORD) -> list[str]:
    """Return the words of a text in lower case."""
    return re.findall(word, text.lower())


def as_date(value: Any) -> datetime:
    """Turn an ISO 8601 date, with a time of day or without, into UTC, without a zone."""
    try:
        if not (isinstance(value, str) and DATE.fullmatch(value)):
            raise ValueError
        when = datetime.fromisoformat(value.upper())
        return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, OverflowError):
        example = "2026-12-31 or 2026-12-31T23:59:00Z"
        raise PydanticCustomError("date", f"Input should be a date like {example}") from None


def date_parts(when: np.ndarray) -> np.ndarray:
    """Turn UTC times [n], datetime64[s], into DATE_PARTS, float32 [n, 5]; NaN where missing."""
    known = ~np.isnat(when)
    seconds = np.where(known, when.astype("int64"), 0)
    days = seconds // 86_400
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day_of_month = (dates - months).astype("int64") + 1
    weekday = (days + 3) % 7  # 0 is Monday; 1970 began on a Thursday
    hour = seconds % 86_400 / 3600
    parts = np.stack([days, months.astype("int64") % 12 + 1, day_of_month, weekday, hour], axis=1)
    return np.where(known[:, None], parts, np.nan).astype(np.float32)
