"""Where a computation runs: at once when it is small, beside the event loop when it is not."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

Result = TypeVar("Result")

INLINE_CHARS = 2_000
"""A program up to this length takes a few milliseconds at most, less than its way to a thread and back under load."""

THREADS = 2
"""Large computations at one time. They share one interpreter: more would only make each other, and the loop, wait."""


class Workers:
    """Runs computations of one application."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None

    async def run(self, size: int, work: Callable[[], Result]) -> Result:
        """The result of work, whose cost grows with the size of its program in characters."""
        if size <= INLINE_CHARS:
            return work()
        if self._limiter is None:  # made here because it belongs to the running loop
            self._limiter = CapacityLimiter(THREADS)
        return await to_thread.run_sync(work, limiter=self._limiter)
