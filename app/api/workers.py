"""Where a computation runs: at once when it is small, beside the event loop when it is not."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

Result = TypeVar("Result")

INLINE_COST = 1_000
"""A program up to this cost takes a few milliseconds, 50 at the very worst: no longer than others may wait for it."""

_COST_OF_OPENING = 4
"""Opened composites make a program some four times as costly, `mish(mish(…))` at the worst."""

COST_OF_VARYING = 4
"""A curve, or a check of all leaves, costs some four times as much as evaluating the program once."""

THREADS = 2
"""Large computations at one time. They share one interpreter: more would only make each other, and the loop, wait."""


def cost_of(chars: int, opened: bool) -> int:
    """The cost of evaluating a program, known before it is read: its characters, more where composites are opened."""
    return chars * _COST_OF_OPENING if opened else chars


class Workers:
    """Runs computations of one application."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None

    async def run(self, cost: int, work: Callable[[], Result]) -> Result:
        """The result of work of about this cost."""
        if cost <= INLINE_COST:
            return work()
        if self._limiter is None:  # made here because it belongs to the running loop
            self._limiter = CapacityLimiter(THREADS)
        return await to_thread.run_sync(work, limiter=self._limiter)
