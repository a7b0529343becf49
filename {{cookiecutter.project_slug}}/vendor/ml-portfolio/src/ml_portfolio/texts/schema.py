"""What texts and their labels must look like: `data/schema.yaml` as a checked object."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from ml_portfolio.config.params import Strict, read_yaml, validate
from ml_portfolio.config.paths import SCHEMA


class Rule(Strict):
    """Which values of the label's column are of a class: numbers on one side, or some words."""

    above: float | None = None
    below: float | None = None
    words: tuple[str, ...] = ()

    @model_validator(mode="after")
    def check_kind(self) -> Self:
        if (self.above is not None) + (self.below is not None) + bool(self.words) != 1:
            raise ValueError("write one of 'above: a number', 'below: a number', 'words: [...]'")
        return self


class Text(Strict):
    column: str
    min_characters: int = Field(ge=1)
    max_characters: int
    description: str


class Label(Strict):
    name: str  # what is predicted
    column: str
    classes: dict[str, Rule] = Field(min_length=2)

    @model_validator(mode="after")
    def check_classes(self) -> Self:
        if len({bool(rule.words) for rule in self.classes.values()}) > 1:
            raise ValueError("the classes are defined by numbers or by words, not by both")
        above = max((r.above for r in self.classes.values() if r.above is not None), default=None)
        below = [r.below for r in self.classes.values() if r.below is not None]
        if not self.by_words and (len(self.classes) > 2 or above is None or not below):
            raise ValueError("numbers define two classes: one 'below', one 'above'")
        if above is not None and above < max(below):
            raise ValueError("a number could be of both classes")
        return self

    @property
    def by_words(self) -> bool:
        return any(rule.words for rule in self.classes.values())


class Schema(Strict):
    text: Text
    label: Label


def load_schema(path: Path = SCHEMA) -> Schema:
    """Read the schema; raises UserError that names what is wrong with it."""
    return validate(Schema, read_yaml(path), path)
