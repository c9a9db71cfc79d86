"""The graph between named nodes as JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.api.answers import span_entry
from app.engine.named import NamedEdge, NamedGraph, NamedNode, named_graph
from app.engine.trace import Trace
from app.numbers import to_json

_FEW_GATES = 24
"""Up to so many gates a small drawing shows them one by one; beyond, one node for each line of the program."""


def named_graph_entry(graph: NamedGraph, shown: Collection[str] | None = None) -> dict[str, Any]:
    """The whole graph, or what of it lies between the nodes with these ids."""
    nodes = [node for node in graph.nodes if shown is None or node.id in shown]
    edges = [edge for edge in graph.edges if shown is None or (edge.source in shown and edge.target in shown)]
    return {
        "output": graph.output,
        "nodes": [_node_entry(graph, node) for node in nodes],
        "edges": [_edge_entry(graph, edge) for edge in edges],
    }


def _node_entry(graph: NamedGraph, node: NamedNode) -> dict[str, Any]:
    program = graph.trace.graph
    return {
        "id": node.id,
        "kind": node.kind,
        "role": program.kind(node.node) if node.kind == "leaf" else None,
        "op": node.op,
        "name": program.names.get(node.node),
        "label": node.label,
        "latex": node.latex,
        "span": span_entry(program.span(node.node)),
        "shown": node.shown,
        "glyph": node.glyph,
        "folded": node.folded,
        "gates": list(node.gates),
        "shape": list(node.shape),
        "value": None if node.value is None else to_json(node.value),
        "gradient": None if node.gradient is None else to_json(node.gradient),
        "hidden_operands": node.hidden_operands,
    }


def _edge_entry(graph: NamedGraph, edge: NamedEdge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "operand": edge.operand,
        **_numbers(edge, known=graph.has_numbers),
        "value_of": edge.value_of,
    }


def _numbers(edge: NamedEdge, *, known: bool) -> dict[str, Any]:
    if not known:
        return {"local": None, "upstream": None, "downstream": None}
    return {name: to_json(getattr(edge, name)) for name in ("local", "upstream", "downstream")}


def graph_between(trace: Trace, row: int, outputs: Sequence[int], nodes: Sequence[int]) -> dict[str, Any]:
    """The graph between these leaves and outputs, with the gradients of the output of one row."""
    gates = sum(1 for node, first in enumerate(trace.program.first) if first >= 0 and not trace.program.is_fixed(node))
    graph = named_graph(trace, every_gate=gates <= _FEW_GATES, output=row, also={*outputs, *nodes})
    entry = named_graph_entry(graph, _ids_between(graph, outputs, nodes))
    ends = {f"n{output}" for output in outputs}
    for node in entry["nodes"]:
        if node["kind"] == "gate" and node["id"] in ends:
            node["kind"] = "output-gate"
    return entry


def _ids_between(graph: NamedGraph, outputs: Sequence[int], nodes: Sequence[int]) -> set[str]:
    depends = {f"n{node}" for node in nodes}
    for edge in graph.edges:
        if edge.source in depends:
            depends.add(edge.target)
    leads = {f"n{output}" for output in outputs}
    for edge in reversed(graph.edges):
        if edge.target in leads:
            leads.add(edge.source)
    return (depends & leads) | {f"n{node}" for node in (*outputs, *nodes)}
