"""An image sent as a file of a form, as a page or `curl --form file=@shoe.png` does."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, HTTPException, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError

from ml_portfolio.serving.fast_route import Handler
from ml_portfolio.serving.problems import documented

FORM_BYTES = 4_000  # of a form beside its file: boundaries, names


def upload_router(
    answer: Any, predict: Callable[[dict[str, Any]], Awaitable[Any]], max_bytes: int
) -> APIRouter:
    """The route `POST /predict/upload`, which answers as `POST /predict` does."""
    too_large = HTTPException(413, f"The file is too large; {max_bytes:,} bytes are allowed.")

    class LimitedRoute(APIRoute):
        """Reads no request that is too long: more than 1 MiB would be written to disk.

        A container may have none to write to.
        """

        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def checked(request: Request) -> Any:
                length = request.headers.get("content-length", "")
                if not length.isdecimal():
                    raise HTTPException(411, "Send the header Content-Length.")
                if int(length) > max_bytes + FORM_BYTES:
                    raise too_large
                return await handle(request)

            return checked

    problems = documented(400, 408, 411, 413, 422, 429, 503)
    router = APIRouter(route_class=LimitedRoute, responses=problems)

    @router.post("/predict/upload", response_model=answer, summary="Answer an image's file")
    async def upload(file: UploadFile) -> Any:
        content = await file.read()
        if len(content) > max_bytes:
            raise too_large
        try:
            return await predict({"image": base64.b64encode(content).decode()})
        except ValidationError as error:
            faults = error.errors(include_input=False)
            raise RequestValidationError(
                [{**fault, "loc": ("body", "file")} for fault in faults]
            ) from None

    return router
