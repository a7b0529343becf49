"""How the server is run: each setting is an environment variable of the same name in capitals."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from ..errors import UserError
from ..paths import BUNDLE


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True)

    bundle: Path = BUNDLE  # folder of the exported model; a new one put there is taken up
    host: str = "127.0.0.1"  # 0.0.0.0 is for the network too
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1  # processes, each with a copy of the model
    threads: Annotated[int, Field(ge=1, le=64)] = min(
        os.cpu_count() or 1, 4
    )  # of each, for what takes long
    timeout: Annotated[float, Field(gt=0)] = (
        30  # seconds for a request, and for the last ones at the end
    )
    max_body_bytes: Annotated[int, Field(ge=1_000)] = 8_000_000
    max_batch_rows: Annotated[int, Field(ge=1)] = 10_000
    max_concurrent: Annotated[int, Field(ge=1)] = 100  # predictions under way in a process
    api_key: SecretStr | None = None  # if set, clients send it as X-API-Key
    cors_origins: str = ""  # web sites whose pages may ask, with commas between
    log_requests: bool = True  # a line of JSON each; what was sent is never in it
    reload_seconds: Annotated[float, Field(gt=0)] = 2  # how often to look for a new bundle

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Take what the environment sets. Raises UserError that names a value that cannot be."""
        variables = {name: name.upper() for name in cls.model_fields}
        given = {
            name: environment[variable]
            for name, variable in variables.items()
            if environment.get(variable)
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            fault = error.errors(include_input=False)[0]
            variable = str(fault["loc"][0]).upper()
            raise UserError(f"the setting {variable} cannot be used: {fault['msg']}.") from None
