"""A trace as an SVG: the graph as the page draws it, values green above the wires and gradients red below."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from app.engine.tensors.forward import Value
from app.engine.trace import Trace
from app.export.engine import draw_picture
from app.export.tensor_json import summary, value_json
from app.graph.model import Edge, Group, Node
from app.numbers import to_json
from app.operations import EVERY_OPERATION, Operation

MOST_NODES = 400
"""Larger graphs cannot be read as one picture."""


LISTED = 64 * 64
"""Entries of a tensor that are drawn as cells or tints; a larger one is told by its reach."""

LARGE = 30
"""Nodes from which laying out takes longer than starting another process does."""


class TooLargeError(ValueError):
    """The graph has too many nodes to be read as one picture."""


def draw_svg(trace: Trace, *, decimals: int = 2) -> str:
    """One SVG element, complete in itself: no script, no style sheet, fonts by name only.

    Groups that stand open in the trace are drawn open.
    Raises TooLargeError, and NoEngineError where there is nothing to lay the graph out with.
    """
    if len(trace.values) > MOST_NODES:
        raise TooLargeError(f"The graph has {len(trace.values):,} nodes; a picture shows at most {MOST_NODES}.")
    request = {
        "answer": _answer_entry(trace),
        "operations": [_operation_entry(operation) for operation in EVERY_OPERATION],
        "decimals": decimals,
        "title": sentence(trace),
    }
    return draw_picture(json.dumps(request, ensure_ascii=False, allow_nan=False), large=len(trace.values) > LARGE)


def sentence(trace: Trace) -> str:
    """What the picture shows."""
    nodes = trace.nodes
    gates = sum(node.kind == "operation" for node in nodes)
    label = nodes[trace.output_nodes[0]].label
    leaves = _count(len(nodes) - gates, "leaf", "leaves")
    return f"Computation graph of {label}: {leaves}, {_count(gates, 'gate', 'gates')}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _answer_entry(trace: Trace) -> dict[str, Any]:
    """What the drawing reads of an answer of the API."""
    return {
        "output": trace.output,
        "outputs": trace.outputs,
        "nodes": [
            _node_entry(node, value, gradient)
            for node, value, gradient in zip(trace.nodes, trace.values, trace.gradients, strict=True)
        ],
        "edges": _edges(trace.edges),
        "groups": [_group_entry(group) for group in trace.groups],
        "defaulted": trace.defaulted,
        "kinks": [{"node": kink.node} for kink in trace.kinks],
    }


def _node_entry(node: Node, value: Value, gradient: Value | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "op": node.op,
        "name": node.name,
        "label": node.label,
        "latex": node.latex,
        "group": node.group,
        "shape": list(node.shape),
        "attributes": dict(node.attributes),
        "value": value_json(value, LISTED),
        "gradient": value_json(gradient, LISTED),
        "summary": summary(value, LISTED),
        "gradient_summary": summary(gradient, LISTED),
    }


def _group_entry(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "op": group.op,
        "title": group.title,
        "group": group.group,
        "operands": group.operands,
        "output": group.output,
        "latex": group.latex,
        "attributes": dict(group.attributes),
        "shape": list(np.shape(group.value)),
        "value": value_json(group.value, LISTED),
        "gradient": value_json(group.gradient, LISTED),
        "summary": summary(group.value, LISTED),
        "gradient_summary": summary(group.gradient, LISTED),
        "edges": _edges(group.edges),
    }


def _edges(edges: Iterable[Edge]) -> list[dict[str, Any]]:
    return [
        {
            "source": edge.source,
            "target": edge.target,
            "operand": edge.operand,
            "local": _number(edge.local),
            "upstream": _number(edge.upstream),
            "downstream": _number(edge.downstream),
        }
        for edge in edges
    ]


def _number(value: Value | None) -> float | str | None:
    """What stands beside a wire: of a tensor nothing, its entries stand in cells."""
    return None if value is None or isinstance(value, np.ndarray) else to_json(value)


def _operation_entry(operation: Operation) -> dict[str, Any]:
    """What a gate looks like, and what its group says when it stands open."""
    pattern = operation.pattern
    return {
        "name": operation.name,
        "title": operation.title,
        "operands": operation.operands,
        "variadic": operation.variadic,
        "attributes": dict(operation.attributes),
        "section": operation.section,
        "latex": operation.latex,
        "tensor_latex": operation.tensor_latex,
        "tensor_symbol": operation.tensor_symbol,
        "symbol": operation.symbol,
        "glyph": operation.glyph,
        "folded": operation.folded,
        "composite": operation.composite,
        "expansion": operation.expansion,
        "pattern": None if pattern is None else {"name": pattern.name, "word": pattern.word},
        "local": [
            {"operand": name, "text": text, "latex": None}
            for name, text in zip(operation.operands, operation.shown, strict=True)
        ],
        "whole": operation.whole,
        "downstream": [],
        "over": operation.over,
    }
