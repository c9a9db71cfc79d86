"""The API under load beside a bare FastAPI route, and one large program: two servers, one client, in turns.

`python -m benchmarks.api serve ours|bare BYTES` is what runs inside each server process.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.programs import program
from benchmarks.table import Goal, Row, seconds_text

CLIENTS = 64
ROUNDS = 7
ROUND_SECONDS = 1.5
REQUEST = {"source": "(x+y)*z", "values": {"x": -2, "y": 5, "z": -4}}
NEW_PROGRAMS = 20_000  # more than the server keeps
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Round:
    """One slice of load: answers per second, and the time within which 99 of 100 came."""

    rate: float
    p99: float


def beside_bare_route() -> Iterator[Row]:
    """Rate and 99th percentile under 64 clients, beside a route that returns as many bytes and does nothing.

    One program again and again is what a reader sends who drags a value; the server then keeps what depends on the
    text alone. The rows of new programs, which have no goal, show what it costs to write all of that.
    """
    same = [_post("/api/v1/evaluate", REQUEST)]
    new = [_post("/api/v1/evaluate", {"source": f"(x{i:05}+y)*z"}) for i in range(NEW_PROGRAMS)]
    for label, requests in (("the same", same), ("new ones", new)):
        with _server("ours") as ours:
            size = len(asyncio.run(_exchange(ours, requests[0]))[1])
            with _server("bare", size) as bare:
                times = asyncio.run(_load(ours, bare, requests))
        own, their = zip(*times, strict=True)
        judged = requests is same
        yield Row(
            "POST /api/v1/evaluate, rate",
            f"{CLIENTS} clients, {label}",
            f"{statistics.median(one.rate for one in own):.0f}/s",
            "bare FastAPI route",
            f"{statistics.median(one.rate for one in their):.0f}/s",
            statistics.median(a.rate / b.rate for a, b in times),
            Goal("at least", 0.6) if judged else None,
        )
        yield Row(
            "POST /api/v1/evaluate, p99",
            f"{CLIENTS} clients, {label}",
            seconds_text(statistics.median(one.p99 for one in own)),
            "bare FastAPI route",
            seconds_text(statistics.median(one.p99 for one in their)),
            statistics.median(a.p99 / b.p99 for a, b in times),
            Goal("at most", 1.7) if judged else None,
        )


def large_program() -> Iterator[Row]:
    """A program of 10,000 operations through the API: seconds, memory of the server, and the wait of other clients."""
    for shape in ("chain", "network"):
        one = program(shape, LARGE)
        sent = _post("/api/v1/evaluate", {"source": one.text, "values": dict(one.values)})
        with _server("ours") as ours:
            asyncio.run(_exchange(ours, _post("/api/v1/evaluate", REQUEST)))
            seconds, wait = asyncio.run(_beside_health(ours, sent))
            megabytes = _peak_megabytes(ours.process)
        size = f"{shape}, {LARGE:,}"
        work = "large program through the API"
        yield Row(work, size, seconds_text(seconds), "one second", "1 s", seconds, Goal("at most", 1))
        yield Row(work, size, f"{megabytes:.0f} MB", "300 MB", "", megabytes / 300, Goal("at most", 1))
        yield Row(work, size, seconds_text(wait), "/healthz waits 0.25 s", "", wait / 0.25, Goal("at most", 1))


@dataclass(frozen=True, slots=True)
class Server:
    """A server process and its port."""

    process: subprocess.Popen[str]
    port: int


@contextmanager
def _server(which: str, size: int = 0) -> Iterator[Server]:
    command = [sys.executable, "-m", "benchmarks.api", "serve", which, str(size)]
    # The limits under test are those of speed: a program of 10,000 statements is within these.
    environment = {**os.environ, "CHAINRULE_MAX_NODES": "1000000", "CHAINRULE_MAX_STATEMENTS": "1000000"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().rsplit(":", 1)
        yield Server(process, int(address[1]))
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _post(path: str, body: object) -> bytes:
    content = json.dumps(body).encode()
    headers = f"Host: here\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
    return f"POST {path} HTTP/1.1\r\n{headers}\r\n\r\n".encode() + content


async def _exchange(server: Server, sent: bytes) -> tuple[float, bytes]:
    """Seconds until the whole answer had come, and its body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=2**26)
    started = time.perf_counter()
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    body = await reader.readexactly(_length(head))
    taken = time.perf_counter() - started
    writer.close()
    await writer.wait_closed()
    return taken, body


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])


async def _load(ours: Server, bare: Server, requests: list[bytes]) -> list[tuple[Round, Round]]:
    await _round(ours, requests, 0.5)  # not counted: caches fill
    await _round(bare, requests, 0.5)
    return [
        (await _round(ours, requests, ROUND_SECONDS), await _round(bare, requests, ROUND_SECONDS))
        for _ in range(ROUNDS)
    ]


async def _round(server: Server, requests: list[bytes], seconds: float) -> Round:
    """Every client sends its next request when its last answer has come."""
    loop = asyncio.get_running_loop()
    length = await _answer_length(server, requests[0])
    turns = cycle(requests)
    clients = [
        (await loop.create_connection(lambda: _Client(turns, length), "127.0.0.1", server.port))[1]
        for _ in range(CLIENTS)
    ]
    started = time.perf_counter()
    for client in clients:
        client.send()
    await asyncio.sleep(seconds)
    taken = time.perf_counter() - started
    waits = sorted(wait for client in clients for wait in client.waits)
    for client in clients:
        client.transport.abort()
    return Round(len(waits) / taken, waits[int(len(waits) * 0.99)])


async def _answer_length(server: Server, sent: bytes) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(_length(head))
    writer.close()
    await writer.wait_closed()
    return len(head) + _length(head)


class _Client(asyncio.Protocol):
    """One connection that counts the bytes of answers whose length is known: as little work as a client can do."""

    transport: asyncio.Transport

    def __init__(self, turns: Iterator[bytes], length: int) -> None:
        self.turns, self.length = turns, length
        self.missing = 0
        self.started = 0.0
        self.waits: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self) -> None:
        self.missing = self.length
        self.started = time.perf_counter()
        self.transport.write(next(self.turns))

    def data_received(self, data: bytes) -> None:
        self.missing -= len(data)
        if self.missing <= 0:
            self.waits.append(time.perf_counter() - self.started)
            self.send()


async def _beside_health(server: Server, sent: bytes) -> tuple[float, float]:
    """Seconds of a large request, and the longest wait of /healthz while it ran."""
    health = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
    large = asyncio.create_task(_exchange(server, sent))
    waits = []
    while not large.done():
        waits.append((await _exchange(server, health))[0])
        await asyncio.sleep(0.002)
    return (await large)[0], max(waits)


def _peak_megabytes(process: subprocess.Popen[str]) -> float:
    """Largest resident memory of a running process."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def _serve(which: str, size: int) -> None:
    if which == "ours":
        from app.api.runner import serve
        from app.main import create_app

        serve(create_app(), "127.0.0.1", "0")
    else:
        _serve_bare(size)


def _serve_bare(size: int) -> None:
    import uvicorn
    from fastapi import FastAPI
    from starlette.responses import Response

    from app.api.runner import address_of, open_listener

    app = FastAPI()
    content = b"x" * size

    @app.post("/api/v1/evaluate")
    async def bare() -> Response:
        return Response(content, media_type="application/json")

    # The same kind of socket as ours has: on one made otherwise, asyncio leaves TCP's delays on.
    listener = open_listener("127.0.0.1", 0)
    print(address_of(listener), flush=True)
    config = uvicorn.Config(app, http="h11", log_level="warning", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    _serve(sys.argv[2], int(sys.argv[3]))
