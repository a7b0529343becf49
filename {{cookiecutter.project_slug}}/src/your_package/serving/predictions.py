"""The body of a request → the body of the answer, both as bytes of JSON.

What is quick is done at once, with what else has come. What takes longer is done by a thread, so
that others need not wait, and a batch in parts: between two of them another thread has its turn,
and an answer for which nobody waits any more is given up.
"""

import asyncio
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field, create_model
from pydantic_core import to_json

from .batching import Batcher
from .bundle import Bundle
from .inputs import PART, QUICK_BYTES
from .monitoring import Monitor

QUICK_SECONDS = 0.0005  # a row


class Predictor:
    """Answers from one bundle, counted."""

    def __init__(self, bundle: Bundle, monitor: Monitor, threads: int, max_rows: int) -> None:
        self.bundle, self.monitor, self.max_rows = bundle, monitor, max_rows
        self.pool = ThreadPoolExecutor(threads, "predict")
        # Of a batch the first bad row is told of: all mistakes of thousands would be of no use.
        size = Field(min_length=1, max_length=max_rows)
        rows = Annotated[list[bundle.request], size, FailFast()]  # type: ignore[name-defined]
        config = ConfigDict(extra="forbid")
        self.batch: Any = create_model("Batch", __config__=config, rows=(rows, ...))
        self.quick = self.seconds_a_row() < QUICK_SECONDS
        self.batcher = Batcher(self.answered)

    def seconds_a_row(self) -> float:
        """How long the first golden request takes, at best."""
        row = self.bundle.request.model_validate(self.bundle.manifest.golden[0].request)
        times = []
        for _ in range(3):
            started = time.perf_counter()
            self.bundle.predict([row])
            times.append(time.perf_counter() - started)
        return min(times)

    async def one(self, body: bytes) -> bytes:
        """Raises ValidationError with what is wrong with the request."""
        if self.quick and len(body) <= QUICK_BYTES:
            return await self.batcher.ask(self.bundle.request.model_validate_json(body))
        return await asyncio.get_running_loop().run_in_executor(self.pool, self.answer_one, body)

    async def checked(self, request: dict[str, Any]) -> bytes:
        """Answer a request that came otherwise than as JSON; raises ValidationError."""

        def answer() -> bytes:
            return self.answered([self.bundle.request.model_validate(request)])[0]

        return await asyncio.get_running_loop().run_in_executor(self.pool, answer)

    async def many(self, body: bytes, counted: bool) -> bytes:
        """Raises ValidationError with what is wrong with the batch, or its first bad row."""
        given_up = threading.Event()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.pool, self.answer_many, body, counted, given_up)
        except asyncio.CancelledError:
            given_up.set()
            raise

    def answer_one(self, body: bytes) -> bytes:
        return self.answered([self.bundle.request.model_validate_json(body)])[0]

    def answered(self, rows: Sequence[BaseModel]) -> list[bytes]:
        self.monitor.watch(rows)
        return [as_bytes(answer) for answer in self.predicted(rows)]

    def answer_many(self, body: bytes, counted: bool, given_up: threading.Event) -> bytes:
        rows = self.batch.model_validate_json(body).rows
        if counted:
            self.monitor.watch(rows)
        answers = []
        for first in range(0, len(rows), PART):
            if given_up.is_set():
                raise TimeoutError
            answers.append(as_bytes(self.predicted(rows[first : first + PART], counted))[1:-1])
        return b'{"answers":[' + b",".join(answers) + b"]}"

    def predicted(self, rows: Sequence[BaseModel], counted: bool = True) -> list[dict[str, Any]]:
        answers = self.bundle.predict(rows)
        if counted:
            self.monitor.count(answers)
        return answers


def as_bytes(answers: Any) -> bytes:
    return to_json(answers, inf_nan_mode="null")
