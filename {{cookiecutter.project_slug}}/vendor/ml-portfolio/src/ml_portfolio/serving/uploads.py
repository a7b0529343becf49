"""An image sent as a file of a form, as a page or `curl --form file=@shoe.png` does."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, HTTPException, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from ml_portfolio.serving.problems import documented

MAX_FORM_BYTES = 2**20  # of a longer form, the file would be written to disk


def upload_router(
    answer: Any, predict: Callable[[dict[str, Any]], Awaitable[Any]], max_bytes: int
) -> APIRouter:
    """The route `POST /predict/upload`, which answers as `POST /predict` does."""
    router = APIRouter(responses=documented(400, 408, 413, 422, 429, 503))
    about: dict[str, Any] = {"response_model": answer, "summary": "Answer an image's file"}

    @router.post("/predict/upload", max_body_size=MAX_FORM_BYTES, **about)
    async def upload(file: UploadFile) -> Any:
        content = await file.read()
        if len(content) > max_bytes:
            raise HTTPException(413, f"The file is too large; {max_bytes:,} bytes are allowed.")
        try:
            return await predict({"image": base64.b64encode(content).decode()})
        except ValidationError as error:
            place = {"loc": ("body", "file")}
            faults = [fault | place for fault in error.errors(include_input=False)]
            raise RequestValidationError(faults) from None

    return router
