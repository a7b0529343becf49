"""Dynamic batching: one run of the model answers all requests that came at the same time.

None waits for another to come: a run takes those that are there when the event loop comes round. A
model of a table takes little longer for eight rows than for one.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

Waiting = tuple[Any, asyncio.Future[Any]]


class Batcher:
    """answer: rows → the answer to each; it runs in the event loop, so it must be quick."""

    def __init__(self, answer: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
        self.answer = answer
        self.waiting: list[Waiting] = []

    async def ask(self, row: Any) -> Any:
        loop = asyncio.get_running_loop()
        if not self.waiting:
            loop.call_soon(self.flush)  # once the requests that are there have been read
        answered: asyncio.Future[Any] = loop.create_future()
        self.waiting.append((row, answered))
        return await answered

    def flush(self) -> None:
        waiting, self.waiting = self.waiting, []
        self.settle(waiting)

    def settle(self, waiting: Sequence[Waiting]) -> None:
        try:
            answers = self.answer([row for row, _ in waiting])
        except Exception as error:
            if len(waiting) > 1:  # one bad request must not fail the others
                for one in waiting:
                    self.settle([one])
                return
            answers = [error]
        for (_, answered), answer in zip(waiting, answers, strict=True):
            if answered.done():  # its client has gone
                continue
            if isinstance(answer, Exception):
                answered.set_exception(answer)
            else:
                answered.set_result(answer)
