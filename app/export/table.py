"""A trace as text for a terminal: the nodes with values and gradients, the edges with what each passes on."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.trace import Trace
from app.graph.model import Edge, Node
from app.operations import REGISTRY, Operation
from app.operations.templates import fill, fill_variadic, in_brackets

Row = tuple[str, ...]

_WORDS = {math.inf: "∞", -math.inf: "-∞"}

_NODES: Row = ("node", "kind", "formula", "value", "gradient")
_EDGES: Row = ("from", "to", "operand", "local", "upstream", "downstream")


def render_table(trace: Trace) -> str:
    """The whole trace as text, without a line break at the end."""
    labels = {node.id: node.label for node in trace.nodes}
    labels |= {group.id: f"{group.title} (open)" for group in trace.groups}
    closed = [edge for group in trace.groups for edge in group.edges]
    edges = [_edge_row(edge, labels) for edge in (*trace.edges, *closed)]
    sections = [
        columns(_NODES, node_rows(trace), left=3),
        columns(_EDGES, edges, left=2) if edges else "",
        "\n".join(remarks(trace)),
    ]
    return "\n\n".join(section for section in sections if section)


def node_rows(trace: Trace) -> list[Row]:
    """Label, kind, formula, value and gradient of every node, in topological order."""
    labels = {node.id: node.label for node in trace.nodes}
    return [
        (node.label, _kind(node), _formula(node, labels), number_text(value), number_text(gradient))
        for node, value, gradient in zip(trace.nodes, trace.values, trace.gradients, strict=True)
    ]


MOST_ENTRIES = 12
"""A tensor with more entries is told by its shape and its range."""


def number_text(value: Any) -> str:
    """Ten significant digits: as many as a printed source ever has, few enough to read in columns.

    A tensor in one line, a large one as `3 × 20, from -1 to 2`; a setting of a gate as it is written.
    """
    if value is None:
        return "–"
    if isinstance(value, np.ndarray):
        return _tensor_text(value)
    if value is True:
        return "True"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _WORDS.get(value) or ("NaN" if value != value else format(value + 0.0, ".10g"))


def _tensor_text(value: NDArray[np.float64]) -> str:
    if value.size > MOST_ENTRIES:
        sizes = " × ".join(map(str, value.shape))
        return f"{sizes}, from {number_text(float(np.min(value)))} to {number_text(float(np.max(value)))}"
    if value.ndim > 1:
        return f"[{', '.join(map(_tensor_text, value))}]"
    return f"[{', '.join(format(entry + 0.0, '.6g') for entry in value)}]"


def _kind(node: Node) -> str:
    return node.kind if node.op is None else node.op


def _formula(node: Node, labels: dict[str, str]) -> str:
    """The node written with the names of its operands; empty for a leaf."""
    if node.op is None:
        return ""
    operation = REGISTRY[node.op]
    operands = [in_brackets(labels[one]) for one in node.operands]
    if operation.variadic:
        return fill_variadic(operation.notation, operands)
    texts = dict(zip(operation.operands, operands, strict=True))
    texts |= {name: number_text(value) for name, value in node.attributes.items()}
    return fill(_notation(operation, node.attributes), texts)


def _notation(operation: Operation, attributes: Mapping[str, Any]) -> str:
    """How the gate is written, without settings of whole tensors that say nothing: no axis, no axes kept."""
    notation = operation.notation
    for name in operation.attributes if operation.whole else ():
        value = attributes.get(name)
        if value is None or value is False:
            notation = notation.replace(f", {name}=#{name}", "")
        elif isinstance(value, tuple):
            notation = notation.replace(f"{name}=#", "#")
    return notation


def _edge_row(edge: Edge, labels: dict[str, str]) -> Row:
    numbers = (edge.local, edge.upstream, edge.downstream)
    return (labels[edge.source], labels[edge.target], str(edge.operand), *map(number_text, numbers))


def remarks(trace: Trace) -> Iterator[str]:
    """Sentences below the tables: what was assumed, and what deserves attention."""
    for name in trace.defaulted:
        yield f"`{name}` has no value, so it is 1."
    for notice in (*trace.warnings, *trace.kinks):
        yield notice.message


def columns(head: Row, rows: Sequence[Row], left: int) -> str:
    """A table in aligned columns under a rule: the first `left` start at the left, numbers end at the right."""
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = tuple("─" * width for width in widths)
    lines = []
    for row in (head, rule, *rows):
        cells = [
            text + " " * (width - _width(text)) if column < left else " " * (width - _width(text)) + text
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Columns that the text takes in a terminal: marks that combine take none, wide characters two."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def matrix_text(rows: Sequence[str], heads: Sequence[str], matrix: Sequence[Sequence[float]]) -> str:
    """A matrix with the names of its rows and columns."""
    cells = [(row, *map(number_text, entries)) for row, entries in zip(rows, matrix, strict=True)]
    return columns(("", *heads), cells, left=1)
