"""A picture sent as a file of a form, as a page or `curl --form file=@shoe.png` does."""

import base64
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, HTTPException, Request, UploadFile
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import ValidationError

from .decoding import MAX_BYTES
from .outputs import answer_model
from .problems import documented, refuse

AROUND = 4_000  # bytes of a form beside its file: boundaries, names
TOO_LARGE = HTTPException(413, f"The file is too large; {MAX_BYTES:,} bytes are allowed.")


class Limited(APIRoute):
    """A route that looks at how long a request is before it reads it.

    What is longer than 1 MiB would be put on the disk, and a container may have none to write to.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdecimal():
                raise HTTPException(411, "Say how long the request is (Content-Length).")
            if int(length) > MAX_BYTES + AROUND:
                raise TOO_LARGE
            return await handle(request)

        return checked


def extra_routes(predictor: Any) -> APIRouter:
    """The route `POST /predict/upload`; the answer is that of `POST /predict`."""
    faults = documented(400, 408, 411, 413, 422, 429, 503)
    router = APIRouter(route_class=Limited, responses=faults)
    answer = answer_model(predictor.bundle.manifest.output)

    @router.post("/predict/upload", response_model=answer, summary="Answer a picture's file")
    async def upload(file: UploadFile) -> Response:
        content = await file.read()
        if len(content) > MAX_BYTES:
            raise TOO_LARGE
        try:
            said = await predictor.checked({"image": base64.b64encode(content).decode()})
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            return refuse([{**fault, "loc": ("file",)} for fault in found])
        return Response(said, media_type="application/json")

    return router
