"""The closed gates of what stands open in a program with tensors: value, gradient and edges as if they were one gate.

A composite is evaluated and differentiated by its own entry of the registry. Of a call of one's own function the edges
carry what the gates inside pass on to its operands: no Jacobian is built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.notices import SAME
from app.engine.reverse import leads_to
from app.engine.rules import Rules
from app.engine.tensors.forward import Value
from app.engine.tensors.reverse import Part, Parts, passed_on
from app.graph.build import Graph
from app.graph.model import Edge, Group
from app.language.folding import fold_tensors
from app.language.program import Function, OpenGroup, Program
from app.language.vocabulary import OPERATION_OF, OWN_CALL
from app.limits import Limits

Flows = dict[int, Part]
"""Position of an operand -> what flows to it; none to constants."""


def list_groups(
    graph: Graph, values: Sequence[Value], gradients: Sequence[Value | None], parts: Parts, rules: Rules, limits: Limits
) -> list[Group]:
    """All groups, outer ones before those inside them."""
    program = graph.program
    if not program.groups:
        return []
    reached = leads_to(program, graph.output_nodes[0])
    closed = [closed_value(group, values, limits) for group in program.groups]
    flows: list[Flows] = [{} for _ in program.groups]
    for number in range(len(program.groups) - 1, -1, -1):  # inner ones first: an outer one takes them as one gate
        group = program.groups[number]
        upstream = gradients[group.output]
        if upstream is None or not reached[group.output]:
            continue
        if group.function is None:
            flows[number] = _of_composite(program, group, values, closed[number], upstream, rules)
        else:
            flows[number] = _of_call(program, group, group.function, parts, flows)
    names = graph.names
    return [
        _closed_gate(graph, number, closed[number], gradients[group.output], flows[number], values, names)
        for number, group in enumerate(program.groups)
    ]


def closed_value(group: OpenGroup, values: Sequence[Value], limits: Limits) -> Value:
    """The value of the closed gate: of a composite by its own stable forward, of a call that of its result."""
    operation = OPERATION_OF[group.code]
    if operation is None:
        return values[group.output]
    return fold_tensors(operation, [values[operand] for operand in group.operands], group.attributes, limits)


def lost_in(groups: Sequence[Group], values: Sequence[Value]) -> list[Group]:
    """The composites whose primitive gates give another number than the gate itself in some entry."""
    lost = []
    for group in groups:
        closed, opened = np.asarray(group.value), np.asarray(values[int(group.output[1:])])
        with np.errstate(all="ignore"):
            same = (closed == opened) | ~np.isfinite(closed) | (np.abs(closed - opened) <= SAME * np.abs(closed))
        if group.op is not None and not np.all(same):
            lost.append(group)
    return lost


def _of_composite(
    program: Program, group: OpenGroup, values: Sequence[Value], value: Value, upstream: Value, rules: Rules
) -> Flows:
    operation = OPERATION_OF[group.code]
    assert operation is not None
    numbers = tuple(np.asarray(values[operand], dtype=np.float64) for operand in group.operands)
    wanted = [position for position, operand in enumerate(group.operands) if not program.is_fixed(operand)]
    with np.errstate(all="ignore"):
        flows = passed_on(operation, numbers, np.asarray(value), group.attributes, wanted, np.asarray(upstream), rules)
    return dict(flows)


def _of_call(program: Program, group: OpenGroup, function: Function, parts: Parts, flows: list[Flows]) -> Flows:
    """The sum of what gates of the body pass on to each operand. It goes by the body's nodes and not by what they
    have become: in `g(x, x)` both operands are one node, and something else flows to each of them.
    """
    body = function.body
    positions = {leaf: position for position, leaf in enumerate(function.operands)}
    found: dict[int, Value] = {}
    for node in range(body.roots[0] + 1):
        if body.first[node] < 0 or (body.ops[node] == OWN_CALL and node not in group.inside):
            continue  # a leaf, or a call that gives back one of its operands
        for place, operand in enumerate(body.operands(node)):
            position = positions.get(_stands_for(body, operand))
            if node in group.inside:
                part = flows[group.inside[node]].get(place)
            else:
                part = parts.get((group.body[node], place))
            if position is not None and part is not None:
                before = found.get(position)
                found[position] = part.downstream if before is None else before + part.downstream
    return {
        position: Part(None, flow, ())
        for position, flow in found.items()
        if not program.is_fixed(group.operands[position])
    }


def _stands_for(body: Program, node: int) -> int:
    """The node itself, or the operand that calls give back."""
    while body.ops[node] == OWN_CALL and (result := body.calls[node].result) is not None:
        node = body.operands(node)[result]
    return node


def _closed_gate(
    graph: Graph, number: int, value: Value, upstream: Value | None, flows: Flows, values: Sequence[Value],
    names: Mapping[int, str],
) -> Group:  # fmt: skip
    program = graph.program
    group = program.groups[number]
    operation = OPERATION_OF[group.code]
    edges: list[Any] = []
    for position, operand in enumerate(group.operands):
        part = flows.get(position)
        local, downstream, summed = part or (None, None, ())
        if downstream is None and not program.is_fixed(operand):
            downstream = np.zeros(np.shape(values[operand]))
        edges.append(Edge(f"n{operand}", f"g{number}", position, local, upstream, downstream, summed))  # type: ignore[arg-type]  # arrays
    return Group(
        id=f"g{number}",
        name=group.function.name if group.function else names.get(group.output),
        op=operation.name if operation else None,
        title=group.function.name if group.function else operation.title if operation else "",
        group=f"g{group.parent}" if group.parent >= 0 else None,
        operands=tuple(f"n{operand}" for operand in group.operands),
        output=f"n{group.output}",
        value=value,  # type: ignore[arg-type]  # arrays
        gradient=upstream,  # type: ignore[arg-type]
        edges=tuple(edges),
        latex=graph.call_latex(group.function, group.operands) if group.function else None,
        span=graph.positions.span(group.start, group.end),
        attributes=group.attributes,
        written=group.written,
    )
