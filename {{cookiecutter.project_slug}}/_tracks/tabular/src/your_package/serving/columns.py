"""How a column of each type is asked for, and what of it reaches the ONNX graph: a class a type.

Training makes its X with the same `array`, so a model is asked just as it was taught.
page/encode.js does it in the browser. `kinds.py` says how each type is read from raw data.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, Field, PlainValidator
from pydantic_core import PydanticCustomError

LARGEST = float(np.finfo(np.float32).max)  # the graph computes in float32
# Letters of all scripts, for it names what they are not: ASCII, Latin-1 and general punctuation.
# It means the same in JavaScript, unlike \w.
WORD = r"[^\s\u0000-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\ufeff\uff00-\uff0f]+"
DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII | re.IGNORECASE,
)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (dates are kept in UTC, without saying so)


class Base(BaseModel):
    """A column of any type."""

    name: str
    tensor: str  # the graph's name for it
    required: bool
    description: str
    categories: list[str] = []  # where they are listed, those that have a meaning to the model
    dtype: ClassVar[Any] = np.float32  # of what `cells` gives; there None becomes NaN

    @property
    def parts(self) -> list[str]:
        """The names of what `array` makes of the column; "" where it stays one."""
        return [""]

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        """The type that checks a value, and the kinds of value in terms of JSON Schema."""
        raise NotImplementedError

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        """Checked values, None where missing → what the graph takes for each, if that is one."""
        return values

    def array(self, values: Sequence[Any]) -> np.ndarray:
        """Checked values, None where missing → [rows, parts], float32 or words as objects."""
        return np.array(self.cells(values), self.dtype).reshape(-1, 1)

    def watched(self, value: Any) -> Any:
        """What of a checked value is compared with training to see drift: a number or a word."""
        return value

    @cached_property
    def places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.categories)}

    def odd(self, values: Sequence[Any]) -> list[int]:
        """The places of those of which `warn` has something to say: of most it has not."""
        if self.categories:
            if all(map(self.places.__contains__, values)):  # quicker than a look at each
                return []
            return [place for place, value in enumerate(values) if value not in self.places]
        return [place for place, value in enumerate(values) if value is None]

    def warn(self, value: Any) -> list[str]:
        if value is None:
            return [f"{self.name} is missing: answered as for rows where it was not known"]
        if self.categories and value not in self.places:
            return [f"{self.name} {value[:40]!r} is unknown: answered without regard to it"]
        return []


class Number(Base):
    type: Literal["number", "integer"]
    min: float | None
    max: float | None

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        low = -LARGEST if self.min is None else self.min
        high = LARGEST if self.max is None else self.max
        whole = 1 if self.type == "integer" else None  # 38.0 is one too, to JSON and to JavaScript
        said = {"type": self.type, "minimum": low, "maximum": high}
        return Annotated[float, Field(strict=True, ge=low, le=high, multiple_of=whole)], [said]


class Category(Base):
    """Words without an order. One that training has not seen is answered, with a warning."""

    type: Literal["category"]
    missing: str  # what the graph takes for a missing one
    dtype: ClassVar[Any] = object

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        return Annotated[str, Field(strict=True)], [{"enum": self.categories}, {"type": "string"}]

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [self.missing if word is None else word for word in values]

    def watched(self, value: str | None) -> str | None:
        return None if value == self.missing else value

    def warn(self, value: str | None) -> list[str]:
        return super().warn(self.watched(value))


class Ordinal(Base):
    """Words in an order: the model sees a word's place in it. One that is not listed has none."""

    type: Literal["ordinal"]

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        return Annotated[str, Field(strict=True)], [{"enum": self.categories}, {"type": "string"}]

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [self.places.get(word, np.nan) for word in values]


class Boolean(Base):
    """True or false: 1 or 0 to the model, a word to people and to drift."""

    type: Literal["boolean"]

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        in_words = AfterValidator(lambda value: "true" if value else "false")
        return Annotated[bool, Field(strict=True), in_words], [{"type": "boolean"}]

    def cells(self, values: Sequence[Any]) -> Sequence[Any]:
        return [{"true": 1, "false": 0}.get(word, np.nan) for word in values]


class Date(Base):
    """A date, or a date and a time of day, in UTC where no zone is said: its parts as numbers."""

    type: Literal["date"]
    time: bool  # whether times of day were seen in training

    @property
    def parts(self) -> list[str]:
        return ["days since 1970", "month", "day", "weekday", *(["hour"] if self.time else [])]

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        example = "2026-12-31T23:59:00Z" if self.time else "2026-12-31"
        said = [{"type": "string", "format": each} for each in ("date", "date-time")]
        said = said[::-1] if self.time else said
        return Annotated[Any, PlainValidator(as_date)], [said[0] | {"examples": [example]}, said[1]]

    def array(self, values: Sequence[Any]) -> np.ndarray:
        return date_parts(np.asarray(values, "datetime64[s]"))[:, : len(self.parts)]

    def watched(self, value: datetime | None) -> float | None:
        return None if value is None else (value - EPOCH) / timedelta(days=1)


class Text(Base):
    """Free text: how often each word of a list stands in it, in small letters."""

    type: Literal["text"]
    word: str  # the regular expression of a word
    words: list[str]  # the most frequent of training
    longest: int  # in characters

    @property
    def parts(self) -> list[str]:
        return self.words

    def accepts(self) -> tuple[Any, list[dict[str, Any]]]:
        said = {"type": "string", "minLength": 1, "maxLength": self.longest}
        return Annotated[str, Field(strict=True, min_length=1, max_length=self.longest)], [said]

    def array(self, values: Sequence[Any]) -> np.ndarray:
        counts = np.zeros((len(values), len(self.words)), np.float32)
        places = {word: place for place, word in enumerate(self.words)}
        for row, text in zip(counts, values, strict=True):
            for word in split_words(text or "", self.word):
                if word in places:
                    row[places[word]] += 1
        return counts

    def watched(self, value: str | None) -> int | None:
        return None if value is None else len(value)


InputColumn = Annotated[
    Number | Category | Ordinal | Boolean | Date | Text, Field(discriminator="type")
]


class InputSpec(BaseModel):
    columns: list[InputColumn]


def split_words(text: str, word: str = WORD) -> list[str]:
    return re.findall(word, text.lower())


def as_date(sent: Any) -> datetime:
    """An ISO 8601 date, with a time of day or not → the time in UTC, without saying so."""
    try:
        if not (isinstance(sent, str) and DATE.fullmatch(sent)):
            raise ValueError
        when = datetime.fromisoformat(sent.upper())
        return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, OverflowError):
        example = "2026-12-31 or 2026-12-31T23:59:00Z"
        raise PydanticCustomError("date", f"Input should be a date like {example}") from None


def date_parts(when: np.ndarray) -> np.ndarray:
    """Times in UTC [n], datetime64[s] → what `Date.parts` names, float32 [n, 5]; NaN if missing."""
    known = ~np.isnat(when)
    seconds = np.where(known, when.astype("int64"), 0)
    days = seconds // 86_400
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months).astype("int64") + 1
    weekday = (days + 3) % 7  # 0 is Monday; 1970 began on a Thursday
    hour = seconds % 86_400 / 3600
    parts = np.stack([days, months.astype("int64") % 12 + 1, of_month, weekday, hour], axis=1)
    return np.where(known[:, None], parts, np.nan).astype(np.float32)
