"""The closed gates of composites that stand open: value, gradient and edges as if they were one gate."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.reverse import local_at
from app.engine.rules import Rules
from app.graph.build import Graph
from app.graph.model import Edge, Group
from app.language.folding import evaluate
from app.language.program import OpenGroup
from app.language.vocabulary import OPERATION_OF


def list_groups(graph: Graph, values: list[float], gradients: Sequence[float | None], rules: Rules) -> list[Group]:
    """All groups, outer ones before those inside them."""
    if not graph.program.groups:
        return []
    names = graph.names
    return [
        _closed_gate(graph, number, group, values, gradients, rules, names.get(group.output))
        for number, group in enumerate(graph.program.groups)
    ]


def closed_value(group: OpenGroup, values: list[float]) -> float:
    """The value of the closed gate, by the operation's own stable forward."""
    operation = OPERATION_OF[group.code]
    assert operation is not None
    return evaluate(operation, [values[operand] for operand in group.operands], group.attributes)


def _closed_gate(
    graph: Graph,
    number: int,
    group: OpenGroup,
    values: list[float],
    gradients: Sequence[float | None],
    rules: Rules,
    name: str | None,
) -> Group:
    operation = OPERATION_OF[group.code]
    assert operation is not None
    value, upstream = closed_value(group, values), gradients[group.output]
    numbers = tuple(values[operand] for operand in group.operands)
    edges = []
    for position, operand in enumerate(group.operands):
        fixed = graph.program.is_fixed(operand)
        local = None if fixed else local_at(operation, position, numbers, value, group.attributes, rules)
        downstream = None if local is None or upstream is None else local * upstream + 0.0
        edges.append(Edge(f"n{operand}", f"g{number}", position, local, upstream, downstream))
    return Group(
        id=f"g{number}",
        name=name,
        op=operation.name,
        title=operation.title,
        group=f"g{group.parent}" if group.parent >= 0 else None,
        operands=tuple(f"n{operand}" for operand in group.operands),
        output=f"n{group.output}",
        value=value,
        gradient=upstream,
        edges=tuple(edges),
        attributes=group.attributes,
        written=group.written,
    )
