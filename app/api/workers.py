"""Where a computation runs: at once when it is small, beside the event loop when it is not, apart when it is large.

Threads share one interpreter with the loop, and no thread can be stopped. So what may take long runs in a process of
its own, which is ended at the time limit and replaced; anyio keeps the processes between two computations.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar, TypeVarTuple

from anyio import BrokenWorkerProcess, CapacityLimiter, fail_after, to_process, to_thread

from app.api.failures import BUSY, TOO_LONG, RequestError
from app.api.schemas.requests import ProgramRequest
from app.api.tensor_costs import tensor_cost
from app.errors import Problem, UserError
from app.limits import Limits, setting_name

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

INLINE_COST = 1_000
"""A program up to this cost takes a few milliseconds, 50 at the very worst: no longer than others may wait for it."""

THREAD_COST = 16_000
"""A program up to this cost takes some tenths of a second at the worst: it needs no process and no time limit."""

_COST_OF_OPENING = 4
"""Opened composites make a program some four times as costly, `mish(mish(…))` at the worst."""

COST_OF_VARYING = 4
"""A curve, or a check of all leaves, costs some four times as much as evaluating the program once."""

THREADS = 2
"""Computations in threads at one time: more would only make each other, and the loop, wait."""

_MEGABYTE = 1 << 20


_SUM = re.compile(r"\\(?:sum|prod)((?:\s?[_^]\s?(?:\{[^{}]{0,40}\}|[^{])){0,2})")
_MOST_TERMS = 10**6


def cost_of(source: str, opened: bool) -> int:
    """The cost of evaluating a program, known before it is read: its characters, more where composites are opened.

    A sum in LaTeX counts as often as it has terms.
    """
    terms = 1
    may_be_small = len(source) <= THREAD_COST and "\\" in source
    for match in _SUM.finditer(source) if may_be_small else ():
        terms = min(_MOST_TERMS, terms * (1 + sum(int(digits[:9]) for digits in re.findall(r"[0-9]+", match.group(1)))))
    return len(source) * terms * (_COST_OF_OPENING if opened else 1)


_TIMES_VARIED = 8
"""What is asked for many times over costs more with tensors, which are not all computed at once."""


def _more_for_tensors(cost: int, arguments: Sequence[object]) -> int:
    """What the tensors of a request add to the cost of its text."""
    asked = arguments[0] if arguments else None
    if not isinstance(asked, ProgramRequest):
        return 0
    times = cost // max(1, len(asked.source))
    return tensor_cost(asked.source, asked.values) * (_TIMES_VARIED * times if times > 1 else 1)


class Workers:
    """Runs computations of one application."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._threads: CapacityLimiter | None = None  # both are made later because they belong to the running loop
        self._processes: CapacityLimiter | None = None

    async def run(self, cost: int, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """The result of work of about this cost: a function of a module, for it may be sent to another process.

        Raises what the work raises; RequestError (503) when too many large computations wait, (504) when this one
        takes too long; UserError (413) when it needs too much memory.
        """
        assert work.__name__ == work.__qualname__, "only a function of a module can be sent to another process"
        cost += _more_for_tensors(cost, arguments)
        if cost <= INLINE_COST:
            return work(*arguments)
        if cost <= THREAD_COST:
            self._threads = self._threads or CapacityLimiter(THREADS)
            return await to_thread.run_sync(work, *arguments, limiter=self._threads)
        async with self._turn():
            return await self._run_apart(work, *arguments)

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Waits until one of the processes is free, not for ever and not in too long a queue."""
        limits = self._limits
        self._processes = limiter = self._processes or CapacityLimiter(limits.workers)
        if limiter.available_tokens < 1 and limiter.statistics().tasks_waiting >= limits.queue_length:
            raise _busy("queue_length")
        try:
            with fail_after(limits.queue_seconds):
                await limiter.acquire()
        except TimeoutError:
            raise _busy("queue_seconds") from None
        try:
            yield
        finally:
            limiter.release()

    async def _run_apart(self, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        limits = self._limits
        try:
            # Apart from the time limit: a new process first has to load Python and the app.
            free = CapacityLimiter(math.inf)  # it is our turn already
            await to_process.run_sync(prepare, limits.evaluate_memory_mb, limiter=free)
            with fail_after(limits.evaluate_seconds):
                return await to_process.run_sync(work, *arguments, cancellable=True, limiter=free)
        except TimeoutError:
            raise _too_long(limits) from None
        except (MemoryError, BrokenWorkerProcess) as error:
            # A process that ends in the middle of its work was most likely ended by the system, for its memory.
            raise _too_much_memory(limits) from error


def prepare(megabytes: int) -> None:
    """Makes this process ready for work: loads the app, and bounds the memory that it may take from now on."""
    import app.api.routes  # noqa: F401  # so that the time limit of the first computation is not spent on it

    try:
        import resource
    except ImportError:  # no such limits on Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY:
        most = _address_space() + megabytes * _MEGABYTE
        # The hard limit too: it says that this process has been prepared.
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    """Bytes that this process has reserved; a gigabyte where the system does not tell."""
    try:
        with open("/proc/self/statm") as file:
            pages = int(file.read().split()[0])
    except OSError:
        return 1_024 * _MEGABYTE
    import resource

    return pages * resource.getpagesize()


def _busy(field: str) -> RequestError:
    text = f"Too many large programs are being computed at this moment. {setting_name(field)} sets how many may wait."
    return RequestError(BUSY, [Problem("busy", text, "Try again in a few seconds.")], {"Retry-After": "2"})


def _too_long(limits: Limits) -> RequestError:
    text = (
        f"The computation took longer than {limits.evaluate_seconds:g} s, "
        f"the limit set by {setting_name('evaluate_seconds')}, and was ended."
    )
    return RequestError(TOO_LONG, [Problem("too-long", text, "A smaller program, or fewer leaves, may do.")])


def _too_much_memory(limits: Limits) -> UserError:
    text = (
        f"The computation needs more than {limits.evaluate_memory_mb:,} MB of memory, "
        f"the limit set by {setting_name('evaluate_memory_mb')}."
    )
    return UserError([Problem("too-much-memory", text, "A smaller program may do.")], "limit")
