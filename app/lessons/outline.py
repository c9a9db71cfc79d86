"""The graph of a lesson in short: what a small drawing of it needs, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.engine.trace import trace
from app.graph.model import Kind
from app.lessons.records import Lesson
from app.operations.shapes import Shape


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """One node with its numbers and with the edges that enter it; a composite operation stays one node.

    operands   ids in operand order, repeats kept
    local      derivative by each operand in that order; None where nothing is differentiated
    value      None for a tensor, of which a small drawing shows the shape alone
    gradient   of the lesson's output; None for constants and tensors
    """

    id: str
    kind: Kind
    op: str | None
    operands: tuple[str, ...]
    local: tuple[float | None, ...]
    name: str | None
    label: str
    latex: str
    shape: Shape
    value: float | None
    gradient: float | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole graph: the id of its output, and its nodes in topological order."""

    output: str
    nodes: tuple[OutlineNode, ...]


@cache
def outline(lesson: Lesson) -> Outline:
    """The lesson's graph as its program gives it."""
    found = trace(lesson.program, output=lesson.output)
    local: dict[str, list[float | None]] = {node.id: [] for node in found.nodes}
    for edge in found.edges:  # by target, then by operand
        local[edge.target].append(edge.local if isinstance(edge.local, float) else None)
    nodes = (
        OutlineNode(
            node.id,
            node.kind,
            node.op,
            node.operands,
            tuple(local[node.id]),
            node.name,
            node.label,
            node.latex,
            node.shape,
            *((None, None) if node.shape else (value, gradient)),
        )
        for node, value, gradient in zip(found.nodes, found.values, found.gradients, strict=True)
    )
    return Outline(found.output, tuple(nodes))
