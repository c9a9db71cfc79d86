"""The outermost layer: the security headers of every answer, HEAD, and the last net under a crash.

Plain ASGI, so that it costs a few microseconds; it stands around the whole application because the framework's own
answer to a crash is made outside of ordinary middleware and would leave without headers.
"""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.failures import crash_answer

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS: dict[bytes, bytes] = {
    b"content-security-policy": CONTENT_SECURITY_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
}
_ALL = list(SECURITY_HEADERS.items())


def add_security_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with ours behind them; one that the answer set itself stays as it is."""
    present = {name for name, _ in headers}
    if present.isdisjoint(SECURITY_HEADERS):
        return [*headers, *_ALL]
    return [*headers, *(pair for pair in _ALL if pair[0] not in present)]


class Guard:
    """Wraps the application. HEAD is answered as GET without its body; a crash becomes a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False
        bodiless = scope["method"] == "HEAD"
        if bodiless:
            scope = {**scope, "method": "GET"}

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": add_security_headers(message["headers"])}
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(scope, receive, guarded_send)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception as error:
            answer = crash_answer(error)  # which logs it
            if started:
                raise  # half an answer is out: the server must cut the connection, or the rest would look complete
            await answer(scope, receive, guarded_send)
