"""The graph between named nodes as JSON."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.api.answers import span_entry
from app.engine.named import NamedEdge, NamedGraph, NamedNode
from app.numbers import to_json


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
        **_numbers(edge, tensors=graph.has_tensors),
        "value_of": edge.value_of,
    }


def _numbers(edge: NamedEdge, *, tensors: bool) -> dict[str, Any]:
    if tensors:
        return {"local": None, "upstream": None, "downstream": None}
    return {name: to_json(getattr(edge, name)) for name in ("local", "upstream", "downstream")}
