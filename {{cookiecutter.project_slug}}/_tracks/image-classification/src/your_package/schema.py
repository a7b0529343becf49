"""What the pictures must be: `data/schema.yaml` as a checked object.

All that comes after reads it: preprocessing, the network's input, the request of the API, the page.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from .params import Strict, check, read_yaml

SCHEMA = Path("data/schema.yaml")


class Schema(Strict):
    target: str  # the name of what is predicted
    classes: tuple[str, ...] = Field(min_length=2)
    width: int = Field(ge=4, le=1024)
    height: int = Field(ge=4, le=1024)
    channels: Literal[1, 3]  # grey, or red, green and blue
    min_side: int = Field(ge=1)  # a picture narrower or lower than this is rejected
    background: int = Field(ge=0, le=255)  # shows through where a picture is transparent

    @property
    def shape(self) -> tuple[int, int, int]:
        return self.height, self.width, self.channels

    @field_validator("classes")
    @classmethod
    def check_classes(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(classes)) < len(classes):
            raise ValueError("a class must stand in the list once")
        return classes


def load_schema(path: Path = SCHEMA) -> Schema:
    """Read the schema; raises UserError that names the key and what is wrong with it."""
    return check(Schema, read_yaml(path), path)
