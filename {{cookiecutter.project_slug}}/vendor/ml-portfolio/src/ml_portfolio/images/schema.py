"""What images must be: `data/schema.yaml` as a checked object."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from ml_portfolio.config.params import Strict, read_yaml, validate
from ml_portfolio.config.paths import SCHEMA


class Schema(Strict):
    target: str  # the name of what is predicted
    classes: tuple[str, ...] = Field(min_length=2)
    width: int = Field(ge=4, le=1024)
    height: int = Field(ge=4, le=1024)
    channels: Literal[1, 3]  # grey, or red, green and blue
    min_side: int = Field(ge=1)  # an image with a shorter side is rejected
    background: int = Field(ge=0, le=255)  # shows through where an image is transparent

    @property
    def shape(self) -> tuple[int, int, int]:
        return self.height, self.width, self.channels

    @field_validator("classes")
    @classmethod
    def check_classes(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(classes)) < len(classes):
            raise ValueError("each class must be listed once")
        return classes


def load_schema(path: Path = SCHEMA) -> Schema:
    """Read the schema; raises UserError that names the key and what is wrong with it."""
    return validate(Schema, read_yaml(path), path)
