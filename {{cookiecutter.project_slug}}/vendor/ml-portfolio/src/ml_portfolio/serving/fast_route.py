"""A route as fast as a small model: FastAPI documents it, but does not handle its requests.

To find out at each request what an endpoint needs would take FastAPI longer than such a model.
"""

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.routing import request_response

from ml_portfolio.serving.security import ApiKey

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class FastRoute(APIRoute):
    """Handles coroutines that take one model and nothing else; the others are left to FastAPI.

    What the endpoint returns is written as it is, without validation. Subclasses set where bodies
    of more than `quick_bytes` are validated.
    """

    pool: Executor
    quick_bytes: int

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        super().__init__(path, endpoint, **settings)
        keys = [depends.dependency for depends in self.dependencies]
        parameters = list(inspect.signature(endpoint).parameters.values())
        model = parameters[0].annotation if len(parameters) == 1 else None
        fast = isinstance(model, type) and issubclass(model, BaseModel)
        fast &= inspect.iscoroutinefunction(endpoint)
        if fast and all(isinstance(key, ApiKey) for key in keys):
            self.app = request_response(self.handler(parameters[0].name, model, keys))

    def handler(self, name: str, model: Any, keys: list[Any]) -> Handler:
        """Return the coroutine that answers a request by the endpoint's one parameter."""
        endpoint, validate = self.endpoint, model.model_validate_json

        async def handle(request: Request) -> Response:
            for key in keys:
                await key(request)
            body = await json_body(request)
            try:
                if len(body) <= self.quick_bytes:
                    content = validate(body)
                else:
                    loop = asyncio.get_running_loop()
                    content = await loop.run_in_executor(self.pool, validate, body)
            except ValidationError as error:
                raise invalid(error) from None
            answer = await endpoint(**{name: content})
            if isinstance(answer, Response):
                return answer
            text = to_json(answer, inf_nan_mode="null")
            return Response(text, self.status_code or 200, media_type="application/json")

        return handle


def invalid(error: ValidationError) -> RequestValidationError:
    """Turn pydantic's error about a body into FastAPI's."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in faults])


async def json_body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "Send JSON, with the header Content-Type: application/json.")
    return await request.body()
