"""The API key, and headers that make browsers safer: https://owasp.org/www-project-secure-headers"""

import hmac

from fastapi.security import APIKeyHeader
from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
)
DOCS = (  # FastAPI's page loads script and style from a CDN, and has some script of its own
    b"default-src 'none'; connect-src 'self'; img-src data: https://fastapi.tiangolo.com; "
    b"script-src 'unsafe-inline' https://cdn.jsdelivr.net; "
    b"style-src 'unsafe-inline' https://cdn.jsdelivr.net; "
)
ALWAYS = b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
POLICY, DOCS_POLICY = OWN + ALWAYS, DOCS + ALWAYS
HEADERS = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


class SecurityHeaders:
    """Middleware that adds them to each answer; one without Cache-Control must not be stored."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        policy = DOCS_POLICY if scope["path"] == "/docs" else POLICY

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *HEADERS, (b"content-security-policy", policy)]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ApiKey(APIKeyHeader):
    """A dependency of routes: 401 without the key."""

    def __init__(self, key: SecretStr) -> None:
        super().__init__(name="X-API-Key", scheme_name="ApiKey")
        self.key = key.get_secret_value().encode()

    async def __call__(self, request: HTTPConnection) -> None:
        sent = request.headers.get(self.model.name, "").encode("latin-1")  # the bytes as sent
        if not hmac.compare_digest(sent, self.key):  # takes as long for a key that is nearly right
            detail = "Send the API key of this server in the header X-API-Key."
            raise HTTPException(401, detail, {"WWW-Authenticate": "APIKey"})
