"""Times contenders in turns, so that a busy machine slows them alike and their ratio stays true."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

SAMPLE_SECONDS = 0.004  # one sample repeats a call until it lasts at least this long: far above the clock's own cost
LEAST_ROUNDS = 3
MOST_ROUNDS = 41


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds per call, one figure per round and contender; figures of one round stand beside each other in time."""

    rounds: Mapping[str, tuple[float, ...]]

    def seconds(self, name: str) -> float:
        return statistics.median(self.rounds[name])

    def ratio(self, slow: str, fast: str) -> float:
        """How many times longer `slow` takes than `fast`: the median of the rounds' own ratios."""
        return statistics.median(a / b for a, b in zip(self.rounds[slow], self.rounds[fast], strict=True))


def take_turns(contenders: Mapping[str, Callable[[], object]], budget: float) -> Times:
    """Calls each contender in turn, round after round, for about `budget` seconds and at least three rounds.

    The first call of each is not counted: it pays for caches and lazy imports.
    """
    repeats: dict[str, int] = {}
    for name, call in contenders.items():
        call()
        start = time.perf_counter()
        call()
        repeats[name] = max(1, round(SAMPLE_SECONDS / max(time.perf_counter() - start, 1e-7)))
    gc.collect()
    gc.freeze()  # what stands in memory already (the peers themselves) is not searched again and again
    try:
        return _rounds(contenders, repeats, budget)
    finally:
        gc.unfreeze()


def _rounds(contenders: Mapping[str, Callable[[], object]], repeats: Mapping[str, int], budget: float) -> Times:
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    end = time.perf_counter() + budget
    for turn in range(MOST_ROUNDS):
        if turn >= LEAST_ROUNDS and time.perf_counter() > end:
            break
        for name in order:
            figures[name].append(_sample(contenders[name], repeats[name]))
        order = order[1:] + order[:1]  # nobody always runs right after the one that fills the caches
    return Times({name: tuple(times) for name, times in figures.items()})


def _sample(call: Callable[[], object], repeats: int) -> float:
    """CPU seconds of one call: what other processes take away from this one is not counted.

    Each pays for its own garbage: without the collection, the next in turn would pay for a graph full of cycles.
    """
    start = time.process_time()
    for _ in range(repeats):
        call()
    gc.collect()
    return (time.process_time() - start) / repeats
