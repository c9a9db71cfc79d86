"""What is worth a word without being a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.rules import Rules
from app.errors import Span
from app.graph.build import Graph
from app.graph.model import Edge


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning, or a value that sits on a kink; node is an id, or None when it concerns the text alone."""

    code: str
    message: str
    node: str | None
    span: Span | None


def find_kinks(graph: Graph, values: list[float], rules: Rules) -> list[Notice]:
    return []


def find_warnings(graph: Graph, values: list[float], edges: Sequence[Edge]) -> list[Notice]:
    return []
