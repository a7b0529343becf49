"""Errors as JSON that programs can read: https://www.rfc-editor.org/rfc/rfc9457"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from ml_portfolio.bundle.bundle import NotFiniteError

MEDIA_TYPE = "application/problem+json"
MAX_LISTED = 100  # of the mistakes in a request: a batch can have very many


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


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return FastAPI's `responses` for these statuses."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}  # FastAPI adds it for `model`
    about = {"model": Problem, "content": {MEDIA_TYPE: {"schema": schema}}}
    return dict.fromkeys(statuses, about)


def problem(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mistake] = (),
) -> Response:
    title = HTTPStatus(status).phrase
    content = Problem(title=title, status=status, detail=detail, errors=[*errors])
    return Response(content.model_dump_json(), status, headers, MEDIA_TYPE)


def refuse(faults: Sequence[Any]) -> Response:
    """Describe the mistakes in a request, without what was sent."""
    mistakes = []
    for fault in faults[:MAX_LISTED]:
        # Keys come from the sender: long, or with half a surrogate pair, which JSON cannot carry.
        loc = [
            part if isinstance(part, int) else part[:100].encode(errors="replace").decode()
            for part in fault["loc"]
        ]
        mistakes.append(Mistake(loc=loc, msg=fault["msg"], type=fault["type"]))
    more = f", of which {MAX_LISTED} are listed" if len(faults) > MAX_LISTED else ""
    count = "a mistake" if len(faults) == 1 else f"{len(faults):,} mistakes{more}"
    return problem(422, f"The request has {count}.", errors=mistakes)


def install_handlers(app: FastAPI) -> None:
    """Make the app answer each error as a problem."""

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return problem(error.status_code, str(error.detail), error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return refuse(error.errors())

    @app.exception_handler(NotFiniteError)
    async def not_finite(request: Request, error: NotFiniteError) -> Response:
        message = "The model has no answer: a number is too large for it"
        return refuse([{"loc": ["body"], "msg": message, "type": "not_finite"}])
