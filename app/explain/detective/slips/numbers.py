"""Another number of the same program in place of the gradient: a value, an upstream gradient, another gradient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from app.explain.detective.flow import Flow
from app.explain.detective.slips.record import Slip
from app.explain.detective.words import name_of, phrase

_OTHERS = 200
"""Gradients of so many other named nodes are tried."""


def number_slips(flow: Flow) -> Iterator[Slip]:
    """The value of the node or of the output, one factor alone, the gradient of another node of the same kind."""
    trace, start = flow.trace, flow.start
    own = name_of(trace, start)
    yield Slip(
        "value", phrase("Value of {own}", own=own), "That is a value.",
        phrase("That is the value of {own}, not its gradient.", own=own), flow.value(start), node=start,
    )  # fmt: skip
    if flow.output != start:
        output = name_of(trace, flow.output)
        yield Slip(
            "value", phrase("Value of {output}", output=output), "That is a value.",
            phrase("That is the value of {output}, not a gradient.", output=output), flow.value(flow.output),
            node=flow.output,
        )  # fmt: skip
    yield from _factors(flow)
    yield from _others(flow)


def _factors(flow: Flow) -> Iterator[Slip]:
    ways = flow.out_of.get(flow.start, [])
    if len(ways) != 1 or ways[0].target == flow.output:
        return
    wire, own = ways[0], name_of(flow.trace, flow.start)
    gate = name_of(flow.trace, wire.target)
    yield Slip(
        "local", phrase("Local gradient alone"), "That is the local gradient.",
        phrase("It is how {gate} changes with {own}. Multiply it by the upstream gradient.", gate=gate, own=own),
        wire.local, node=wire.target,
    )  # fmt: skip
    if wire.local != 1.0:
        yield Slip(
            "upstream", phrase("Upstream gradient alone"), "That is the upstream gradient.",
            phrase("That is the gradient that arrives at {gate}. Multiply it by the local gradient.", gate=gate),
            flow.gradient(wire.target), node=wire.target,
        )  # fmt: skip


def _others(flow: Flow) -> Iterator[Slip]:
    trace, gradient = flow.trace, flow.gradient(flow.start)
    kind = trace.graph.kind(flow.start)
    named = (node for node in trace.graph.names if node not in (flow.start, flow.output))
    for node in islice((node for node in named if trace.graph.kind(node) == kind), _OTHERS):
        other = trace.gradients[node]
        if other is not None and other not in (gradient, 0.0):
            name = name_of(trace, node)
            yield Slip(
                "other", phrase("Gradient of {name}", name=name), "That is another gradient.",
                phrase("That is the gradient of {name}.", name=name), other, node=node,
            )  # fmt: skip
