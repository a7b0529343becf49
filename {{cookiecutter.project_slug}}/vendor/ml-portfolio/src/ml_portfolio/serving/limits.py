"""How large a request may be, how many are answered at once, and how long one may take."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ml_portfolio.serving.problems import problem
from ml_portfolio.serving.settings import Settings

UNLIMITED = ("GET", "HEAD", "OPTIONS")  # they have no body and cost little


class Limits:
    """Middleware: 413 for too much, 429 for too many at once, 408 or 503 for too long."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.active = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in UNLIMITED:
            return await self.app(scope, receive, send)
        if self.active >= self.settings.max_concurrent:
            busy = problem(429, "Too many requests at the same time.", {"Retry-After": "1"})
            return await busy(scope, receive, send)
        self.active += 1
        exchange = Exchange(self.settings.max_body_bytes, receive, send)
        try:
            async with asyncio.timeout(self.settings.timeout):
                await self.app(scope, exchange.receive, exchange.send)
        except TimeoutError:
            if exchange.answered:
                raise
            await exchange.time_out(scope)
        finally:
            self.active -= 1


class Exchange:
    """How much of one request has been received, and whether its answer has begun."""

    def __init__(self, max_bytes: int, receive: Receive, send: Send) -> None:
        self.max_bytes, self.receive_next, self.send_next = max_bytes, receive, send
        self.size, self.complete, self.answered = 0, False, False

    async def receive(self) -> Message:
        message = await self.receive_next()
        self.size += len(message.get("body", b""))
        self.complete = not message.get("more_body", False)
        if self.size > self.max_bytes:
            detail = f"The request is too large; {self.max_bytes:,} bytes are allowed."
            raise HTTPException(413, detail, {"Connection": "close"})  # the rest is not read
        return message

    async def send(self, message: Message) -> None:
        self.answered = True
        await self.send_next(message)

    async def time_out(self, scope: Scope) -> None:
        late = problem(503, "The answer took too long.", {"Retry-After": "1"})
        if not self.complete:
            late = problem(408, "The request did not arrive in time.", {"Connection": "close"})
        await late(scope, self.receive_next, self.send_next)
