"""What every edge carries: upstream gradient, local gradient, and their product downstream."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.reverse import leads_to, local_gradient
from app.engine.rules import Rules
from app.graph.build import Graph
from app.graph.model import Edge


def list_edges(graph: Graph, values: list[float], gradients: Sequence[float | None], rules: Rules) -> list[Edge]:
    """All edges, by target in topological order, then by operand."""
    program = graph.program
    reached = leads_to(program, graph.output_nodes[0])
    edges: list[Edge] = []
    for node in range(len(program.ops)):
        upstream = gradients[node]
        for position, operand in enumerate(program.operands(node)):
            local = local_gradient(program, values, node, position, rules)
            downstream = None if local is None or upstream is None else local * upstream + 0.0 if reached[node] else 0.0
            edges.append(Edge(f"n{operand}", f"n{node}", position, local, upstream, downstream))
    return edges
