"""Small programs are computed at once, large ones beside the loop; the loop is never held for long."""

import asyncio
import json
import threading
import time

import httpx

from app.api.workers import INLINE_COST, Workers, cost_of
from app.limits import Limits
from app.main import create_app

LONGEST_STALL = 0.1


def test_where_a_computation_runs() -> None:
    async def places() -> list[bool]:
        workers, here = Workers(), threading.get_ident()
        return [await workers.run(cost, threading.get_ident) == here for cost in (INLINE_COST, INLINE_COST + 1)]

    assert asyncio.run(places()) == [True, False]


def test_opening_counts_into_the_cost() -> None:
    assert cost_of(10, opened=True) > cost_of(10, opened=False) == 10


def test_a_mistake_beside_the_loop_arrives() -> None:
    app = create_app(Limits())

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client:
            return await client.post("/api/v1/evaluate", json={"source": "x + " * INLINE_COST})

    response = asyncio.run(ask())
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "missing-operand"


def test_the_loop_is_never_held_for_long() -> None:
    """Measured as the processor time of the loop's own thread between two turns: a busy machine changes nothing."""
    app = create_app(Limits())
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            started = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - started)

    async def load() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            warm = await client.post("/api/v1/evaluate", json={"source": "x"})
            assert warm.status_code == 200
            watcher = asyncio.create_task(watch())
            edge = INLINE_COST // 4
            bodies = [
                {"source": "mish(" * (edge // 6) + "x" + ")" * (edge // 6), "expand": "*"},
                {"source": " + ".join(f"x{i}" for i in range(INLINE_COST // 7))},
                {"source": "$" * INLINE_COST},
                {"source": "max(" + ",".join("x" * (INLINE_COST // 2 - 4)) + ")"},
                {"source": "\n".join(f"a{i} = x" for i in range(4_000))},
                {"source": "x", "values": {f"x{i}": 1 for i in range(20_000)}},
                {"source": "x", "values": {f"x{i}": None for i in range(20_000)}},
            ]
            for body in bodies:
                content = json.dumps(body).encode()
                await client.post("/api/v1/evaluate", content=content, headers={"content-type": "application/json"})
            for path in ("/openapi.json", "/docs", "/api/v1/operations", "/api/v1/examples", "/"):
                await client.get(path)
            watcher.cancel()

    asyncio.run(load())
    assert longest < LONGEST_STALL
