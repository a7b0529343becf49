"""A picture sent as a file of a form, as a page or `curl --form file=@shoe.png` does."""

import base64
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, HTTPException, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import ValidationError

from .decoding import MAX_BYTES
from .outputs import answer_model

AROUND = 4_000  # bytes of a form beside its file: boundaries, names
TOO_LARGE = HTTPException(413, f"the file is too large; {MAX_BYTES:,} bytes are allowed")


class Limited(APIRoute):
    """A route that looks at how long a request is before it reads it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdecimal():
                raise HTTPException(411, "say how long the request is (Content-Length)")
            if int(length) > MAX_BYTES + AROUND:
                raise TOO_LARGE
            return await handle(request)

        return checked


def extra_routes(bundle: Any, monitor: Any) -> APIRouter:
    """The route `POST /predict/upload`; the answer is that of `POST /predict`."""
    router = APIRouter(route_class=Limited)
    answer = answer_model(bundle.manifest.output)

    @router.post("/predict/upload", response_model=answer, summary="Answer a picture's file")
    async def upload(file: UploadFile) -> Any:
        content = await file.read()
        if len(content) > MAX_BYTES:
            raise TOO_LARGE
        text = base64.b64encode(content).decode()
        try:
            row = bundle.request.model_validate({"image": text})
        except ValidationError as error:
            faults = [{**fault, "loc": ("body", "file")} for fault in error.errors()]
            raise RequestValidationError(faults) from None
        return monitor.count(bundle.predict([row]))[0]

    return router
