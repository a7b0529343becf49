"""The body of a request → the body of the answer, both as bytes of JSON.

What is quick is done at once. What takes longer is done by a thread, so that others need not wait,
and a batch in parts: between two of them another thread has its turn, and an answer for which
nobody waits any more is given up.
"""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import to_json

from .bundle import Bundle
from .inputs import PART
from .monitoring import SAMPLE, Monitor
from .problems import refuse

QUICK_SECONDS, QUICK_BYTES = 0.0005, 4_000


class Misplaced(Exception):  # noqa: N818 (it says where, the error inside says what)
    """The mistakes in a part of a batch, and at which row the part begins."""

    def __init__(self, first: int, error: ValidationError) -> None:
        self.first, self.error = first, error

    def response(self) -> Response:
        faults = self.error.errors(include_url=False, include_context=False, include_input=False)
        return refuse([{**fault, "loc": self.moved(fault["loc"])} for fault in faults])

    def moved(self, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
        row, *place = loc
        return ("rows", self.first + int(row), *place)


class Predictor:
    """Answers from one bundle, counted."""

    def __init__(self, bundle: Bundle, monitor: Monitor, threads: int, max_rows: int) -> None:
        self.bundle, self.monitor, self.max_rows = bundle, monitor, max_rows
        self.pool = ThreadPoolExecutor(threads, "predict")
        self.rows = TypeAdapter(list[bundle.request])  # type: ignore[name-defined]
        self.batch: Any = create_model(
            "Batch",
            __config__=ConfigDict(extra="forbid"),
            rows=(list[Any], Field(min_length=1, max_length=max_rows)),
        )
        self.quick = self.seconds_a_row() < QUICK_SECONDS

    def seconds_a_row(self) -> float:
        """How long the golden requests take, a row, at best."""
        rows = [self.bundle.request.model_validate(c.request) for c in self.bundle.manifest.golden]
        times = []
        for _ in range(3):
            started = time.perf_counter()
            self.bundle.predict(rows)
            times.append((time.perf_counter() - started) / len(rows))
        return min(times)

    async def one(self, body: bytes) -> bytes:
        """Raises ValidationError with what is wrong with the request."""
        if self.quick and len(body) <= QUICK_BYTES:
            return self.answer_one(body)
        return await asyncio.get_running_loop().run_in_executor(self.pool, self.answer_one, body)

    async def checked(self, request: dict[str, Any]) -> bytes:
        """Answer a request that came otherwise than as JSON; raises ValidationError."""

        def answer() -> bytes:
            return self.answered(self.bundle.request.model_validate(request))

        return await asyncio.get_running_loop().run_in_executor(self.pool, answer)

    async def many(self, body: bytes, counted: bool) -> bytes:
        """Raises ValidationError, or Misplaced for those of a row."""
        given_up = threading.Event()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.pool, self.answer_many, body, counted, given_up)
        except asyncio.CancelledError:
            given_up.set()
            raise

    def answer_one(self, body: bytes) -> bytes:
        return self.answered(self.bundle.request.model_validate_json(body))

    def answered(self, row: BaseModel) -> bytes:
        self.monitor.watch([self.bundle.encode.features(row)])
        return to_json(self.monitor.count(self.bundle.predict([row]))[0], inf_nan_mode="null")

    def answer_many(self, body: bytes, counted: bool, given_up: threading.Event) -> bytes:
        sent = self.batch.model_validate_json(body).rows
        parts = [self.rows_of(sent, first) for first in range(0, len(sent), PART)]
        rows = [row for part in parts for row in part]
        if counted:
            sample = rows[:: -(-len(rows) // SAMPLE)]
            self.monitor.watch([self.bundle.encode.features(row) for row in sample])
        answers = []
        for part in parts:
            if given_up.is_set():
                raise TimeoutError
            said = self.bundle.predict(part)
            if counted:
                self.monitor.count(said)
            answers.append(to_json(said, inf_nan_mode="null")[1:-1])
        return b'{"answers":[' + b",".join(answers) + b"]}"

    def rows_of(self, sent: list[Any], first: int) -> list[BaseModel]:
        try:
            return self.rows.validate_python(sent[first : first + PART])
        except ValidationError as error:
            raise Misplaced(first, error) from None
