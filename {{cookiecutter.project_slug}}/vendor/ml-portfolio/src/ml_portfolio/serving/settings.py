"""How the server is run: each setting is an environment variable of the same name in capitals."""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.paths import BUNDLE


class Settings(BaseSettings):
    """Arguments come before environment variables, and these before defaults."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    bundle: Path = BUNDLE  # folder of the exported model; a new one put there is loaded
    host: str = "127.0.0.1"  # 0.0.0.0 serves the network too
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1  # processes, each with a copy of the model
    # threads of each, for what takes long
    threads: Annotated[int, Field(ge=1, le=64)] = min(os.cpu_count() or 1, 4)
    timeout: Annotated[float, Field(gt=0)] = 30  # seconds for a request, and to stop
    max_body_bytes: Annotated[int, Field(ge=1_000)] = 8_000_000
    max_batch_rows: Annotated[int, Field(ge=1)] = 10_000
    max_concurrent: Annotated[int, Field(ge=1)] = 100  # predictions at the same time in a process
    api_key: SecretStr | None = None  # if set, clients send it as X-API-Key
    cors_origins: str = ""  # web sites whose pages may ask, separated by commas
    log_requests: bool = True  # a line of JSON each; what was sent is never in it
    reload_seconds: Annotated[float, Field(gt=0)] = 2  # how often to look for a new bundle


def load_settings(**options: Any) -> Settings:
    """Read the environment; options that are not None override it.

    Raises UserError that names a setting of the wrong type or size.
    """
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        variable = str(fault["loc"][0]).upper()
        raise UserError(f"the setting {variable} cannot be used: {fault['msg']}.") from None
