"""Settings in YAML files, checked: an unknown key or a wrong type is an error that names it."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from ml_portfolio.config.errors import UserError

PARAMS = Path("params.yaml")


class Strict(BaseModel):
    """Settings as written: no unknown key, none missing, none changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Seed = Annotated[int, Field(ge=0, lt=2**32)]  # as wide as NumPy takes it
Share = Annotated[float, Field(gt=0, lt=1)]
ShareOrZero = Annotated[float, Field(ge=0, lt=1)]


class SplitShares(Strict):
    """How large the splits are, as shares of all rows; the rest is for training."""

    validation_share: Share
    test_share: Share

    @model_validator(mode="after")
    def leave_rows_to_train_on(self) -> Self:
        if self.validation_share + self.test_share >= 1:
            raise ValueError("validation_share + test_share must be less than 1: lower one of them")
        return self


class Project(Strict):
    """What kind of problem a project is made for."""

    input: Literal["table", "text", "image"]
    task: Literal["classification", "regression"]


Section = TypeVar("Section", bound=BaseModel)


def load_section(name: str, section: type[Section], path: Path = PARAMS) -> Section:
    """Read one section of `params.yaml`, such as the one of a stage.

    Raises UserError where the section or a key is missing, unknown or of the wrong type.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or name not in content:
        raise UserError(f"{path}: the section '{name}' is missing: add it, or restore it with git.")
    return validate(section, content[name], path, name)


def load_project(path: Path = PARAMS) -> Project:
    """Read what kind of problem the project is made for, from the section `project`."""
    return load_section("project", Project, path)


def read_yaml(path: Path) -> Any:
    """Read a YAML 1.2 file: 1e-4 is a number, yes and no are words, keys stand once."""
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path} is missing: run this in the project's folder.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        what = (getattr(error, "problem", None) or "it cannot be read").split(" with value ")[0]
        raise UserError(f"{path}{line}: this is not YAML as expected: {what}") from None


def validate(model: type[Section], content: Any, path: Path, *under: str) -> Section:
    """Return `content`, what a file holds under some keys, as a `model`.

    Raises UserError that names the first mistake and its line.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        # An unknown key is named before a missing one: it is likely the same one, misspelt.
        first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"])
        place = f"{path}{line_of(path, (*under, *first['loc']))}"
        where = ": ".join((place, *under))
        if first["type"] == "extra_forbidden":
            alike = get_close_matches(key.split(".")[-1], known_keys(model), n=1, cutoff=0.5)
            advice = f"did you mean '{alike[0]}'?" if alike else "remove it or correct its name."
            raise UserError(f"{where}: unknown key '{key}': {advice}") from None
        if first["type"] == "missing":
            raise UserError(f"{where}: the key '{key}' is missing: add it.") from None
        message = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
        named = ".".join((*under, key)).strip(".")
        if first["type"] == "value_error":  # a rule of our own, which says all by itself
            raise UserError(f"{place}{named and f': {named}'}: {message}.") from None
        raise UserError(f"{place}: {named}: {message}, not {first['input']!r}.") from None


def line_of(path: Path, keys: Iterable[str | int]) -> str:
    """Return ", line N" of the last of some nested keys in a YAML file; "" where it has none."""
    node, text = YAML(typ="safe", pure=True).compose(path), ""
    for key in keys:
        pairs = node.value if isinstance(node, MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == str(key)), None)
        if isinstance(node, SequenceNode) and isinstance(key, int):
            found = (node.value[key],) * 2
        if found is None:
            break
        text, node = f", line {found[0].start_mark.line + 1}", found[1]
    return text


def known_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model and of the models in it."""
    keys = list(model.model_fields)
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            keys += known_keys(field.annotation)
    return keys
