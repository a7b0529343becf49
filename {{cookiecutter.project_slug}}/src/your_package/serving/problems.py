"""Errors as JSON that programs can read: https://www.rfc-editor.org/rfc/rfc9457"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
SHOWN = 100  # of the mistakes in a request: a batch can hold very many


class Mistake(BaseModel):
    loc: list[str | int] = Field(description="Where in the request it is")
    msg: str
    type: str


class Problem(BaseModel):
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mistake] = Field([], description="Each mistake in a request that is refused")


STATUSES = {
    400: "The request cannot be read",
    401: "The API key is missing or another",
    408: "The request did not arrive in time",
    411: "The request does not say how long it is",
    413: "The request is too large",
    415: "The request is not JSON",
    422: "The request has mistakes; `errors` names them",
    429: "Too many requests are under way",
    503: "The answer took too long",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's documentation says of these statuses."""
    schema = Problem.model_json_schema()
    # In place: what "$defs" of a part refers to is not found in the whole document.
    schema["properties"]["errors"]["items"] = Mistake.model_json_schema()
    schema.pop("$defs")
    content = {MEDIA_TYPE: {"schema": schema}}
    return {status: {"description": STATUSES[status], "content": content} for status in statuses}


def problem(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> JSONResponse:
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = errors
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def refuse(faults: Sequence[Any], place: tuple[str | int, ...] = ("body",)) -> JSONResponse:
    """Say what is wrong with a request, and where, but do not send it back."""
    mistakes = []
    for fault in faults[:SHOWN]:
        # What is sent as a key may hold anything, half a letter as well, which JSON cannot carry.
        loc = [
            part if isinstance(part, int) else part[:100].encode(errors="replace").decode()
            for part in (*place, *fault["loc"])
        ]
        mistakes.append({"loc": loc, "msg": fault["msg"], "type": fault["type"]})
    more = f", of which {SHOWN} are listed" if len(faults) > SHOWN else ""
    count = "a mistake" if len(faults) == 1 else f"{len(faults):,} mistakes{more}"
    return problem(422, f"The request has {count}.", errors=mistakes)


def install(app: FastAPI) -> None:
    """Make the app answer each error as a problem."""

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 (for the type checker)
        return problem(error.status_code, str(error.detail), error.headers)

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, RequestValidationError):
            return refuse(error.errors(), ())
        assert isinstance(error, ValidationError)  # noqa: S101
        return refuse(error.errors(include_url=False, include_context=False, include_input=False))

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(ValidationError, invalid)
