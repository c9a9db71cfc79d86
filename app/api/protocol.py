"""HTTP on one connection: uvicorn's protocol with deadlines, and with our shape for what is not HTTP at all.

uvicorn waits for ever for a connection's first request and for the rest of a half-sent one. Here the first line and
headers share one deadline, which a byte now and then does not start anew.
"""

import asyncio
from typing import Any

import h11
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from app.api.failures import NOT_JSON, TOO_SLOW, problem_answer
from app.api.guard import add_security_headers
from app.errors import Problem
from app.limits import Limits, setting_name


class JoinedWrites(asyncio.Transport):
    """A transport that sends what one turn of the loop writes at once.

    uvicorn writes the head of an answer and its body apart; a second system call costs as much as a small evaluation.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes | bytearray | memoryview] = []
        for name in ("get_extra_info", "is_closing", "pause_reading", "resume_reading", "set_protocol", "get_protocol"):
            setattr(self, name, getattr(transport, name))

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def _flush(self) -> None:
        if self._waiting:
            joined = b"".join(self._waiting)
            self._waiting.clear()
            self._transport.write(joined)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._waiting.clear()
        self._transport.abort()


class Protocol(H11Protocol):
    """One connection. `Protocol.limits` is set by the runner through `protocol_for`."""

    limits = Limits()

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.transport = JoinedWrites(transport, self.loop)
        self._start_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_header_too_large(data):
            self.send_400_response("")
            return
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._start_deadline()
        elif not self._is_draining():
            self._stop_deadline()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._is_draining():
            self._start_deadline()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # its signature
        """Answers what is not HTTP. msg is uvicorn's own sentence for it."""
        text = "This is not a request that HTTP allows, or its headers are too large."
        hint = f"The first line and headers may have {self.limits.max_header_bytes:,} bytes."
        self._answer_and_close(problem_answer(NOT_JSON, [Problem("not-http", text, hint)]))

    def _is_header_too_large(self, data: bytes) -> bool:
        """h11 counts headers only while they are incomplete; those that come in one piece are counted here."""
        most = self.limits.max_header_bytes
        if len(data) <= most or self.conn.their_state is not h11.IDLE:
            return False
        return not 0 <= data.find(b"\r\n\r\n") <= most

    def _is_draining(self) -> bool:
        """Whether the answer is out while the body of its request still arrives, and is thrown away."""
        return self.conn.their_state is h11.SEND_BODY and self.conn.our_state is h11.DONE

    def _start_deadline(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.limits.header_seconds, self._on_deadline)

    def _stop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _on_deadline(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        half_sent = self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]
        if not half_sent:  # nobody waits for an answer
            self.transport.close()
            return
        setting = setting_name("header_seconds")
        text = f"The headers did not arrive within {self.limits.header_seconds:g} s, the limit set by {setting}."
        self._answer_and_close(problem_answer(TOO_SLOW, [Problem("headers-too-slow", text)]))

    def _answer_and_close(self, answer: Response) -> None:
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [*add_security_headers(answer.raw_headers), (b"connection", b"close")]
            status = answer.status_code
            for event in (
                h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status]),
                h11.Data(data=bytes(answer.body)),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        # Where an answer is under way already, cutting the connection is all that is left to say.
        self.transport.close()


def protocol_for(limits: Limits) -> type[Protocol]:
    """The protocol under these limits: uvicorn takes a class and passes it no settings of ours."""
    fields: dict[str, Any] = {"limits": limits}
    return type("LimitedProtocol", (Protocol,), fields)
