"""Another tensor of the same program in place of the gradient, or the same one turned, or with the other sign."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import TensorSlip
from app.explain.detective.words import name_of, phrase

_OTHERS = 100


def whole_slips(flow: TensorFlow) -> Iterator[TensorSlip]:
    """The other sign, and rows and columns exchanged."""
    gradient, own = flow.slope(flow.start), name_of(flow.trace, flow.start)
    yield TensorSlip(
        "sign", phrase("Sign turned around"), "The sign is turned around.", phrase("Your number has the other sign."),
        -gradient,
    )  # fmt: skip
    if gradient.ndim == 2 and max(gradient.shape) > 1:
        yield TensorSlip(
            "transpose", phrase("Gradient of {own} turned", own=own), "Rows and columns are exchanged.",
            phrase("That is the gradient of {own} turned: its rows are your columns.", own=own), gradient.T,
        )  # fmt: skip


def number_slips(flow: TensorFlow) -> Iterator[TensorSlip]:
    """The value, one factor alone, everything behind a node left out, another tensor of the same shape."""
    trace, start = flow.trace, flow.start
    own, shape = name_of(trace, start), flow.shape(start)
    yield TensorSlip(
        "value", phrase("Value of {own}", own=own), "That is a value.",
        phrase("That is the value of {own}, not its gradient.", own=own), flow.array(start), start,
    )  # fmt: skip
    if flow.output != start and not flow.shape(flow.output):
        output = name_of(trace, flow.output)
        yield TensorSlip(
            "value", phrase("Value of {output}", output=output), "That is a value.",
            phrase("That is the value of {output}, not a gradient.", output=output),
            np.full(shape, flow.array(flow.output)), flow.output,
        )  # fmt: skip
    ways = flow.out_of.get(start, [])
    if len(ways) == 1 and ways[0].target != flow.output:
        gate = name_of(trace, ways[0].target)
        yield TensorSlip(
            "local", phrase("Local gradient alone"), "The upstream gradient is missing.",
            phrase("It is how {gate} changes with {own}. The gradient that arrives at {gate} is missing.", gate=gate,
            own=own),
            flow.pulled(ways[0], np.ones(flow.shape(ways[0].target))), ways[0].target,
        )  # fmt: skip
        yield TensorSlip(
            "upstream", phrase("Upstream gradient alone"), "That is the upstream gradient.",
            phrase("That is the gradient that arrives at {gate}. Multiply it by the local gradient.", gate=gate),
            flow.slope(ways[0].target), ways[0].target,
        )  # fmt: skip
    told = ways[0].target if len(ways) == 1 else start
    for node in flow.members:
        if node in trace.graph.names and node not in (start, told, flow.output):
            name = name_of(trace, node)
            ones = flow.changed({}, {node: lambda g: np.ones(g.shape)})
            yield TensorSlip(
                "upstream", phrase("Gradient of {name} left out", name=name), "The upstream gradient is missing.",
                phrase("The gradient that arrives at {name} was left out of the product.", name=name), ones, node,
            )  # fmt: skip
    yield from _others(flow)


def _others(flow: TensorFlow) -> Iterator[TensorSlip]:
    trace, shape = flow.trace, flow.shape(flow.start)
    named = (node for node in trace.graph.names if node not in (flow.start, flow.output))
    for node in islice((node for node in named if flow.shape(node) == shape), _OTHERS):
        name = name_of(trace, node)
        if trace.gradients[node] is not None:
            yield TensorSlip(
                "other", phrase("Gradient of {name}", name=name), "That is another gradient.",
                phrase("That is the gradient of {name}.", name=name), flow.slope(node), node,
            )  # fmt: skip
        yield TensorSlip(
            "value", phrase("Value of {name}", name=name), "That is a value.",
            phrase("That is the value of {name}, not a gradient.", name=name), flow.array(node), node,
        )  # fmt: skip
