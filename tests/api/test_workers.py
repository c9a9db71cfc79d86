"""Small programs are computed at once, large ones beside the loop; the loop is never held for long."""

import asyncio
import json
import os
import threading
import time
from typing import Any

import httpx
import pytest

from app.api.failures import RequestError
from app.api.schemas import EvaluateRequest
from app.api.tensor_costs import tensor_cost
from app.api.workers import INLINE_COST, THREAD_COST, Workers, cost_of
from app.errors import Problem, UserError
from app.lessons.load import lessons
from app.limits import Limits
from app.main import create_app

LONGEST_STALL = 0.1


def place() -> tuple[int, int]:
    return os.getpid(), threading.get_ident()


def sleep_for(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def take_megabytes(count: int) -> int:
    return len(bytearray(count << 20))


def make_a_mistake() -> None:
    raise UserError([Problem("first", "One."), Problem("second", "Two.")], "value")


def test_where_a_computation_runs() -> None:
    async def places() -> list[tuple[bool, bool]]:
        workers, (process, thread) = Workers(Limits()), place()
        found = [await workers.run(cost, place) for cost in (INLINE_COST, INLINE_COST + 1, THREAD_COST + 1)]
        return [(one[0] == process, one == (process, thread)) for one in found]

    assert asyncio.run(places()) == [(True, True), (True, False), (False, False)]


def test_a_process_is_kept_for_the_next_computation() -> None:
    async def processes() -> set[int]:
        workers = Workers(Limits())
        return {(await workers.run(THREAD_COST + 1, place))[0] for _ in range(3)}

    assert len(asyncio.run(processes())) == 1


def test_at_the_time_limit_the_process_is_ended_and_replaced() -> None:
    async def try_it() -> tuple[RequestError, float, str]:
        workers = Workers(Limits(evaluate_seconds=0.3, workers=1))
        await workers.run(THREAD_COST + 1, place)
        started = time.monotonic()
        with pytest.raises(RequestError) as caught:
            await workers.run(THREAD_COST + 1, sleep_for, 60.0)
        waited = time.monotonic() - started
        return caught.value, waited, await workers.run(THREAD_COST + 1, sleep_for, 0.0)

    error, waited, after = asyncio.run(try_it())
    assert (error.kind.status, error.problems[0].code) == (504, "too-long")
    assert "CHAINRULE_EVALUATE_SECONDS" in error.problems[0].message
    assert after == "awake"
    assert waited < 30


def test_too_much_memory_is_told_and_harms_nobody() -> None:
    async def try_it() -> tuple[UserError, int]:
        workers = Workers(Limits(evaluate_memory_mb=64, workers=1))
        with pytest.raises(UserError) as caught:
            await workers.run(THREAD_COST + 1, take_megabytes, 4_000)
        return caught.value, await workers.run(THREAD_COST + 1, take_megabytes, 1)

    error, after = asyncio.run(try_it())
    assert (error.kind, error.problems[0].code) == ("limit", "too-much-memory")
    assert after == 1 << 20


@pytest.mark.parametrize(
    ("limits", "setting"),
    [
        (Limits(workers=1, queue_seconds=0.05), "CHAINRULE_QUEUE_SECONDS"),
        (Limits(workers=1, queue_length=0), "CHAINRULE_QUEUE_LENGTH"),
    ],
)
def test_who_waits_too_long_is_told_to_come_again(limits: Limits, setting: str) -> None:
    async def try_it() -> RequestError:
        workers = Workers(limits)
        await workers.run(THREAD_COST + 1, place)
        busy = [asyncio.create_task(workers.run(THREAD_COST + 1, sleep_for, 1.0)) for _ in range(2)]
        answers = await asyncio.gather(*busy, return_exceptions=True)
        return next(one for one in answers if isinstance(one, RequestError))

    error = asyncio.run(try_it())
    assert error.kind.status == 503
    assert error.headers == {"Retry-After": "2"}
    assert setting in error.problems[0].message


def test_a_mistake_made_in_another_process_arrives_whole() -> None:
    async def try_it() -> UserError:
        with pytest.raises(UserError) as caught:
            await Workers(Limits()).run(THREAD_COST + 1, make_a_mistake)
        return caught.value

    error = asyncio.run(try_it())
    assert error.kind == "value"
    assert [problem.code for problem in error.problems] == ["first", "second"]


def test_opening_counts_into_the_cost() -> None:
    assert cost_of("x" * 10, opened=True) > cost_of("x" * 10, opened=False) == 10


def test_a_mistake_beside_the_loop_arrives() -> None:
    app = create_app(Limits())

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client:
            return await client.post("/api/v1/evaluate", json={"source": "x + " * THREAD_COST})

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


def test_tensors_count_into_the_cost() -> None:
    def cost(source: str, values: dict[str, Any] | None = None) -> int:
        return tensor_cost(source, values or {})

    assert cost("f = x * y") == 0
    assert cost("f = sum(W @ x); W = [[1, 2], [3, 4]]; x = [1, 2]") < 10
    assert cost("f = sum(x @ x); x = ones(300, 300)") > THREAD_COST
    assert cost("f = sum(conv2d(x, k)); x = ones(300, 300); k = ones(150, 150)") > THREAD_COST
    assert cost("f = sum(x @ x)", {"x": [[0.5] * 300] * 300}) > THREAD_COST
    assert INLINE_COST < cost("f = sum(conv2d(x, k)); x = ones(8, 8); k = ones(3, 3)") <= THREAD_COST
    for lesson in lessons():
        assert cost(lesson.program) <= INLINE_COST, lesson.slug


def process_of(_asked: EvaluateRequest) -> int:
    return os.getpid()


def test_a_short_text_with_a_long_product_runs_apart() -> None:
    async def process(source: str) -> int:
        asked = EvaluateRequest(source=source)
        return await Workers(Limits()).run(len(source), process_of, asked)

    assert asyncio.run(process("f = x * y")) == os.getpid()
    assert asyncio.run(process("f = sum(x @ x); x = ones(300, 300)")) != os.getpid()
