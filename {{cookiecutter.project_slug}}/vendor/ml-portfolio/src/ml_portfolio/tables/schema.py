"""What a table must look like: `data/schema.yaml` as a checked object."""

from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.params import Strict, line_of, read_yaml, validate
from ml_portfolio.config.paths import SCHEMA

MISSING = "missing"  # what a missing category is called before it is encoded


class Column(Strict):
    """One column. A number may have a range, a category or an ordinal lists its values.

    A column with the role `group` or `time` decides about the split and is not a feature.
    """

    name: str
    type: Literal["number", "integer", "category", "ordinal", "boolean", "date", "text"]
    role: Literal["feature", "target", "group", "time", "ignore"] = "feature"
    min: float | None = None
    max: float | None = None
    categories: tuple[str, ...] = ()
    nullable: bool = False
    sensitive: bool = False  # its groups are compared: is any treated worse?
    unit: str = ""
    description: str = ""

    @property
    def is_number(self) -> bool:
        return self.type in ("number", "integer")

    @property
    def classes(self) -> tuple[str, ...]:
        """The words that it can hold, in order, where the schema lists them."""
        return ("false", "true") if self.type == "boolean" else self.categories

    @property
    def is_key(self) -> bool:
        return self.role in ("group", "time")

    @model_validator(mode="after")
    def check_type(self) -> Self:
        listed = self.type in ("category", "ordinal")
        if self.categories and not listed:
            raise ValueError(f"'{self.name}' is {self.a_type} and cannot list categories")
        if listed and self.role in ("feature", "target") and not self.categories:
            raise ValueError(f"'{self.name}' is {self.a_type} and must list its categories")
        if len(set(self.categories)) < len(self.categories):
            raise ValueError(f"'{self.name}' lists a category twice")
        if not self.is_number and (self.min is not None or self.max is not None):
            raise ValueError(f"'{self.name}' is {self.a_type} and cannot have min or max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"'{self.name}' has a min above its max")
        return self

    @model_validator(mode="after")
    def check_role(self) -> Self:
        if self.role == "target" and self.type in ("date", "text"):
            raise ValueError(f"'{self.name}' is {self.a_type} and cannot be the target")
        if self.role == "time" and self.type not in ("date", "integer", "number"):
            raise ValueError(f"'{self.name}' is the time: its type must be date, integer or number")
        if (self.role == "target" or self.is_key) and self.nullable:
            raise ValueError(f"'{self.name}' is the {self.role} and cannot be nullable")
        return self

    @property
    def a_type(self) -> str:
        return f"{'an' if self.type[0] in 'aeiou' else 'a'} {self.type}"


class Schema(Strict):
    columns: tuple[Column, ...]

    @property
    def features(self) -> list[Column]:
        return [column for column in self.columns if column.role == "feature"]

    @property
    def target(self) -> Column:
        return next(column for column in self.columns if column.role == "target")

    @property
    def used(self) -> list[Column]:
        return [*self.features, self.target, *(c for c in self.columns if c.is_key)]

    def key(self, role: str) -> Column | None:
        """Return the column that decides about a split by `group` or by `time`, if any."""
        return next((column for column in self.columns if column.role == role), None)

    @model_validator(mode="after")
    def check_roles(self) -> Self:
        for role, amount in (("target", "must"), ("group", "at most can"), ("time", "at most can")):
            names = [column.name for column in self.columns if column.role == role]
            if len(names) > 1 or (role == "target" and not names):
                raise ValueError(f"one column {amount} have 'role: {role}'; these do: {names}")
        if not self.features:
            raise ValueError("no column has 'role: feature'")
        return self


def load_schema(path: Path = SCHEMA) -> Schema:
    """Read the schema, in which each column stands under its name.

    Raises UserError that names the column and what is wrong with it.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not all(isinstance(c, dict) for c in content.values()):
        raise UserError(f"{path}: write each column as 'name:' with its 'type:' and so on below.")
    for name in content:
        if not isinstance(name, str):
            where = f"{path}{line_of(path, [name])}"
            raise UserError(f"{where}: the name of a column is read as {name!r}: put it in quotes.")
    columns = [validate(Column, {**spec, "name": n}, path, n) for n, spec in content.items()]
    return validate(Schema, {"columns": columns}, path)
