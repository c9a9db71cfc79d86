"""What every edge carries: upstream gradient, local gradient, and their product downstream."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.engine.reverse import leads_to, local_gradients
from app.engine.rules import Rules
from app.graph.model import Edge
from app.language.program import Program
from app.language.vocabulary import CONSTANT


def list_edges(
    program: Program, values: list[float], gradients: Sequence[float | None], output: int, rules: Rules
) -> list[Edge]:
    """All edges, by target in topological order, then by operand."""
    edges: list[Edge] = []
    reached: list[bool] | None = None
    for node, op in enumerate(program.ops):
        if op <= CONSTANT:
            continue
        target, upstream = f"n{node}", gradients[node]
        locals_here = fast_local_gradients(program, values, node, rules)
        for position, (operand, local) in enumerate(zip(program.operands(node), locals_here, strict=True)):
            downstream = None
            if local is not None and upstream is not None:
                downstream = local * upstream + 0.0  # no negative zero
                if upstream == 0 and not math.isfinite(local):
                    reached = reached or leads_to(program, output)
                    downstream = downstream if reached[node] else 0.0
            edges.append(Edge(f"n{operand}", target, position, local, upstream, downstream))
    return edges


def fast_local_gradients(program: Program, values: list[float], node: int, rules: Rules) -> Sequence[float | None]:
    """d node / d operand for each operand: at once by the fast functions, else one by one."""
    fast = rules.locals_of[program.ops[node]]
    second = program.second[node]
    try:
        if fast is not None and second >= 0:
            left, right, out = values[program.first[node]], values[second], values[node]
            return [local and local(left, right, out) + 0.0 for local in fast]
        if fast is not None and second == -1:
            operand, out = values[program.first[node]], values[node]
            return [local and local(operand, out) + 0.0 for local in fast]
    except (ArithmeticError, ValueError):
        pass
    return local_gradients(program, values, node, rules)
