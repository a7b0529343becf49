"""How large a request may be, how many are answered at once, and how long one may take."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import problem
from .settings import Settings

FREE = ("GET", "HEAD", "OPTIONS")  # they bring no body and cost little


class Limits:
    """Middleware: 413 for too much, 429 for too many at once, 408 or 503 for too long."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in FREE:
            return await self.app(scope, receive, send)
        if self.under_way >= self.settings.max_concurrent:
            busy = problem(429, "Too many requests are under way.", {"Retry-After": "1"})
            return await busy(scope, receive, send)
        self.under_way += 1
        request = Request(self.settings.max_body_bytes, receive, send)
        try:
            async with asyncio.timeout(self.settings.timeout):
                await self.app(scope, request.receive, request.send)
        except TimeoutError:
            if request.answered:
                raise
            await request.too_late(scope)
        finally:
            self.under_way -= 1


class Request:
    """What of one request has come and gone."""

    def __init__(self, max_bytes: int, receive: Receive, send: Send) -> None:
        self.max_bytes, self.whence, self.whither = max_bytes, receive, send
        self.size, self.complete, self.answered = 0, False, False

    async def receive(self) -> Message:
        message = await self.whence()
        self.size += len(message.get("body", b""))
        self.complete = not message.get("more_body", False)
        if self.size > self.max_bytes:
            said = f"The request is too large; {self.max_bytes:,} bytes are allowed."
            raise HTTPException(413, said, {"Connection": "close"})  # the rest is not read
        return message

    async def send(self, message: Message) -> None:
        self.answered = True
        await self.whither(message)

    async def too_late(self, scope: Scope) -> None:
        if self.complete:
            late = problem(503, "The answer took too long.", {"Retry-After": "1"})
        else:
            late = problem(408, "The request did not arrive in time.", {"Connection": "close"})
        await late(scope, self.whence, self.whither)
