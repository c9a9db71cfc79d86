"""Why an entry of a Jacobian is zero, and how many paths it sums over: what the graph says about it without numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.engine.tangent import Locals
from app.graph.build import Graph
from app.language.program import Program
from app.operations import Operation
from app.operations.patterns import ROUTER

Reason = Literal["no-path", "router", "flat", "cancels", "underflow"]
"""no-path     the output is not computed from the node
router      every path passes a gate such as max that chose another input, or a gate as below
flat        every path passes a gate whose local gradient is 0 here
cancels     several paths lead there, and their products add up to 0
underflow   one path leads there, and its product is nearer to 0 than any float64
"""


@dataclass(frozen=True, slots=True)
class Ways:
    """The paths from every node to one output.

    counts    how many there are, as floats: exact to 2**53, infinite beyond 1.8e308
    open      whether one of them meets no local gradient that is 0
    blocker   where none is open: the gate, next to the node, that passes nothing on, and the position it is reached at
    """

    counts: list[float]
    open: list[bool]
    blocker: list[tuple[int, int] | None]


def find_ways(program: Program, local_gradients: Locals, output: int) -> Ways:
    """The paths from every node to the output, by one pass over the edges, users first."""
    size = output + 1
    counts, is_open = [0.0] * size, [False] * size
    blocker: list[tuple[int, int] | None] = [None] * size
    counts[output], is_open[output] = 1.0, True
    for node in range(output, -1, -1):
        ways = counts[node]
        if not ways:
            continue
        for position, operand in enumerate(program.operands(node)):
            local = local_gradients[node][position]
            if local is None:
                continue
            counts[operand] += ways
            if local != 0.0 and is_open[node]:
                is_open[operand] = True
            elif local == 0.0:
                if not _routes(program, blocker[operand]):
                    blocker[operand] = (node, position)
            elif blocker[operand] is None:
                blocker[operand] = blocker[node]
    return Ways(counts, is_open, blocker)


def why_zero(program: Program, ways: Ways, node: int) -> Reason:
    """Why d output / d node is zero, of an entry that is."""
    if node >= len(ways.counts) or not ways.counts[node]:
        return "no-path"
    if ways.open[node]:
        return "cancels" if ways.counts[node] > 1 else "underflow"
    return "router" if _routes(program, ways.blocker[node]) else "flat"


def zero_sentence(
    graph: Graph, values: Sequence[float], local_gradients: Locals, ways: Ways, node: int, output: int
) -> str:
    """Why d output / d node is zero, in one sentence: "max chose y here, so z receives 0."."""
    program, labels = graph.program, graph.labels
    reason, name = why_zero(program, ways, node), labels[node]
    if reason == "no-path":
        return f"No path leads from {name} to {labels[output]}."
    if reason == "cancels":
        return f"The paths from {name} to {labels[output]} cancel: their products add up to 0."
    if reason == "underflow":
        return f"The product along the path from {name} to {labels[output]} is too small for a 64-bit float."
    place = ways.blocker[node]
    assert place is not None
    gate, position = place
    operation, operands = program.operation(gate), program.operands(gate)
    symbol = operation.symbol if operation else labels[gate]
    result = f"{name} receives 0" if operands[position] == node else f"nothing arrives at {name}"
    if reason == "flat":
        return f"The local gradient of {symbol} is 0 here, so {result}."
    chosen = [
        labels[operands[index]]
        for index, local in enumerate(local_gradients[gate])
        if local or (local is None and values[operands[index]] == values[gate])  # a literal has no local gradient
    ]
    if not chosen:
        return f"{symbol} lets nothing through here, so {result}."
    return f"{symbol} chose {' and '.join(dict.fromkeys(chosen))} here, so {result}."


def is_router(operation: Operation | None) -> bool:
    """Whether the operation sends its gradient to the inputs that it chose."""
    return operation is not None and operation.pattern is not None and operation.pattern.name == ROUTER.name


def _routes(program: Program, place: tuple[int, int] | None) -> bool:
    return place is not None and is_router(program.operation(place[0]))
