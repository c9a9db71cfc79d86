"""The closed gates of what stands open, composites and calls: value, gradient and edges as if they were one gate."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.reverse import local_at, local_gradients
from app.engine.rules import Rules
from app.graph.build import Graph
from app.graph.model import Edge, Group
from app.language.folding import evaluate
from app.language.program import Function, OpenGroup, Program
from app.language.vocabulary import OPERATION_OF, OWN_CALL

Locals = list[float | None]
"""d result / d operand for each operand of a closed gate; None where nothing is differentiated by it."""


def list_groups(graph: Graph, values: list[float], gradients: Sequence[float | None], rules: Rules) -> list[Group]:
    """All groups, outer ones before those inside them."""
    program = graph.program
    if not program.groups:
        return []
    closed: list[float] = [closed_value(group, values) for group in program.groups]
    locals_of: list[Locals] = [[] for _ in program.groups]
    for number in range(len(program.groups) - 1, -1, -1):  # inner ones first: an outer one takes them as one gate
        group = program.groups[number]
        if group.function is None:
            locals_of[number] = _of_composite(program, group, values, closed[number], rules)
        else:
            locals_of[number] = _of_call(program, group, group.function, values, locals_of, rules)
    names = graph.names
    return [
        _closed_gate(graph, number, closed[number], gradients[group.output], locals_of[number], names.get(group.output))
        for number, group in enumerate(program.groups)
    ]


def closed_value(group: OpenGroup, values: list[float]) -> float:
    """The value of the closed gate: of a composite by its own stable forward, of a call that of its result."""
    operation = OPERATION_OF[group.code]
    if operation is None:
        return values[group.output]
    return evaluate(operation, [values[operand] for operand in group.operands], group.attributes)


def _of_composite(program: Program, group: OpenGroup, values: list[float], value: float, rules: Rules) -> Locals:
    operation = OPERATION_OF[group.code]
    assert operation is not None
    numbers = tuple(values[operand] for operand in group.operands)
    return [
        None if program.is_fixed(operand) else local_at(operation, position, numbers, value, group.attributes, rules)
        for position, operand in enumerate(group.operands)
    ]


def _of_call(
    program: Program, group: OpenGroup, function: Function, values: list[float], locals_of: list[Locals], rules: Rules
) -> Locals:
    """A reverse pass through the body with seed 1. It goes by the body's nodes and not by what they have become: in
    `g(x, x)` both operands are one node, and each has a local gradient of its own.
    """
    body = function.body
    gradients: dict[int, float] = {body.roots[0]: 1.0}
    for node in range(body.roots[0], -1, -1):
        gradient = gradients.get(node)
        if gradient is None or body.first[node] < 0:
            continue
        operands = body.operands(node)
        if node in group.inside:
            found = locals_of[group.inside[node]]
        elif body.ops[node] == OWN_CALL:  # it gives back one of its operands
            found = [1.0 if position == body.calls[node].result else None for position in range(len(operands))]
        else:
            found = local_gradients(program, values, group.body[node], rules)
        for operand, local in zip(operands, found, strict=True):
            if local is not None:
                gradients[operand] = gradients.get(operand, 0.0) + gradient * local
    return [
        None if program.is_fixed(outer) else gradients.get(leaf, 0.0) + 0.0
        for leaf, outer in zip(function.operands, group.operands, strict=True)
    ]


def _closed_gate(
    graph: Graph, number: int, value: float, upstream: float | None, found: Locals, name: str | None
) -> Group:
    group = graph.program.groups[number]
    operation = OPERATION_OF[group.code]
    edges = []
    for position, (operand, local) in enumerate(zip(group.operands, found, strict=True)):
        downstream = None if local is None or upstream is None else local * upstream + 0.0
        edges.append(Edge(f"n{operand}", f"g{number}", position, local, upstream, downstream))
    return Group(
        id=f"g{number}",
        name=group.function.name if group.function else name,
        op=operation.name if operation else None,
        title=group.function.name if group.function else operation.title if operation else "",
        group=f"g{group.parent}" if group.parent >= 0 else None,
        operands=tuple(f"n{operand}" for operand in group.operands),
        output=f"n{group.output}",
        value=value,
        gradient=upstream,
        edges=tuple(edges),
        latex=graph.call_latex(group.function, group.operands) if group.function else None,
        span=graph.positions.span(group.start, group.end),
        attributes=group.attributes,
        written=group.written,
    )
