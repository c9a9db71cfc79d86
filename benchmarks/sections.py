"""The comparisons, one function per row group of the goals; each yields rows as soon as they are measured."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from app import Conventions, trace
from app.engine.forward import run_forward
from app.engine.kept import forget
from app.engine.reverse import run_reverse
from app.engine.rules import Rules
from app.language.parser import parse
from app.language.program import Program as Read
from app.limits import DEFAULT_LIMITS
from benchmarks.peers import Peer, peers
from benchmarks.programs import Program, program
from benchmarks.table import Goal, Row, seconds_text
from benchmarks.timing import take_turns

OURS = "Chainrule"
SHAPES = ("chain", "network")
LIMITS = replace(DEFAULT_LIMITS, max_nodes=10**6, max_statements=10**6, max_source_chars=10**8)

ANSWER_BYTES = 2 * (24 + 8)  # a float and its place in a list, for the value and for the gradient

# By peer: the size up to which the first bound holds, and the bound from there on (None: no goal).
ONE_SHOT_GOALS = {
    "micrograd": (Goal("at least", 3), Goal("at least", 4)),
    "torch eager": (Goal("at least", 5), None),
    "CasADi SX": (Goal("at least", 10), None),
}
SLOW_PEERS = {"autograd": 100}  # largest size it is asked for


def _everything(one: Program) -> object:
    """Our one shot: the value and the gradient of every node."""
    forget()
    result = trace(one.text, values=one.values, limits=LIMITS)
    return result.values, result.gradients


def one_shot(sizes: tuple[int, ...] = (10, 100, 1_000, 10_000)) -> Iterator[Row]:
    """Text to every value and gradient, nothing kept between calls."""
    for size in sizes:
        for shape in SHAPES:
            one = program(shape, size)
            present = [peer for peer in peers() if size <= SLOW_PEERS.get(peer.name, size)]
            contenders: dict[str, Callable[[], object]] = {OURS: partial(_everything, one)}
            for peer in present:
                if peer.run is not None:
                    _demand_agreement(one, peer)
                    contenders[peer.name] = partial(peer.run, one)
            times = take_turns(contenders, budget=2.0)
            ours = seconds_text(times.seconds(OURS))
            for peer in present:
                small, large = ONE_SHOT_GOALS.get(peer.name, (None, None))
                goal = small if size <= 1_000 else large
                label = f"{shape}, {size:,}"
                if peer.run is None:
                    yield Row("one shot", label, ours, peer.name, "not installed", None, goal)
                    continue
                theirs = f"{seconds_text(times.seconds(peer.name))}, {peer.gives}"
                yield Row("one shot", label, ours, peer.name, theirs, times.ratio(peer.name, OURS), goal)


def _demand_agreement(one: Program, peer: Peer) -> None:
    """A race only counts between runners with the same answer. Raises AssertionError where one differs."""
    assert peer.run is not None
    value, gradients = peer.run(one)
    result = trace(one.text, values=one.values, limits=LIMITS)
    ours = result.leaf_gradients()
    assert math.isclose(result.values[-1], value, rel_tol=1e-9), f"{peer.name} has another value"
    for name, gradient in zip(one.values, gradients, strict=True):
        assert math.isclose(ours[name] or 0.0, gradient, rel_tol=1e-9, abs_tol=1e-12), f"{peer.name}, {name}"


def growth() -> Iterator[Row]:
    """Ten times the program takes about ten times as long: per operation, no more than half as much again."""
    for shape in SHAPES:
        for small, large in ((1_000, 10_000), (10_000, 100_000)):
            first, second = program(shape, small), program(shape, large)
            times = take_turns(
                {
                    "small": partial(_everything, first),
                    "large": partial(_everything, second),
                },
                budget=2.0,
            )
            per_operation = times.ratio("large", "small") * first.operations / second.operations
            yield Row(
                "linear growth, time per operation",
                f"{shape}, {large:,}",
                seconds_text(times.seconds("large") / second.operations),
                f"ours at {small:,}",
                seconds_text(times.seconds("small") / first.operations),
                per_operation,
                Goal("at most", 1.5),
            )


def memory() -> Iterator[Row]:
    """Bytes per node at the peak of one evaluation, beside the two floats per node that are its answer.

    The text is there before; records and positions are made when asked for, so they are not in it.
    """
    for shape in SHAPES:
        one = program(shape, 10_000)
        trace(one.text, values=one.values, limits=LIMITS)
        tracemalloc.start()
        result = trace(one.text, values=one.values, limits=LIMITS)
        kept, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        nodes = len(result.values)
        beside = peak / nodes - ANSWER_BYTES
        yield Row(
            "memory, peak bytes per node",
            f"{shape}, 10,000",
            f"{beside:.0f} B",
            "kept afterwards",
            f"{kept / nodes - ANSWER_BYTES:.0f} B",
            beside,
            Goal("at most", 250),
        )


def gradient_cost() -> Iterator[Row]:
    """Value and all gradients beside the value alone, of a program that is read already."""
    rules = Rules(Conventions())
    for shape in SHAPES:
        for size in (100, 10_000):
            one = program(shape, size)
            read = parse(one.text, LIMITS)
            for node, name in read.leaves.items():
                read.slots[~read.first[node]] = one.values[name]
            times = take_turns(
                {"value": partial(run_forward, read), "both": partial(_both, read, read.names[one.output], rules)},
                budget=1.0,
            )
            yield Row(
                "gradient cost, all gradients",
                f"{shape}, {size:,}",
                seconds_text(times.seconds("both")),
                "value alone",
                seconds_text(times.seconds("value")),
                times.ratio("both", "value"),
                Goal("at most", 3),
            )


def _both(read: Read, output: int, rules: Rules) -> list[float]:
    return run_reverse(read, run_forward(read), output, 1.0, rules)
