"""What is worth a word without being a mistake: kinks, values that are not finite, doubtful readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.groups import closed_value
from app.engine.nonfinite import infinite_slope_reason, is_finite, nonfinite_reason
from app.engine.reverse import is_constant_operand
from app.engine.rules import Rules
from app.errors import Span, quoted
from app.graph.build import Graph
from app.graph.model import Edge
from app.language.doubtful import doubtful_products
from app.language.vocabulary import CODE_MASK, FUNCTIONS, OPERATION_OF

SAME = 1e-6
"""Open and closed form of a composite round differently; a larger relative difference means that one broke down."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning, or a value that sits on a kink; node is an id, or None when it concerns the text alone."""

    code: str
    message: str
    node: str | None
    span: Span | None


def find_kinks(graph: Graph, values: list[float], rules: Rules) -> list[Notice]:
    """The gates whose operands lie where the derivative is a matter of choice, in topological order."""
    program, found = graph.program, []
    for node, op in enumerate(program.ops):
        operation = OPERATION_OF[op & CODE_MASK]
        if operation is None or operation.kinks is None or operation.kink_sentence is None:
            continue
        operands = program.operands(node)
        if all(is_constant_operand(program, node, position) for position in range(len(operands))):
            continue
        numbers = tuple(values[operand] for operand in operands)
        if rules.on_kink(operation, numbers, values[node], program.attributes(node)):
            code = operation.convention or "kink"
            found.append(Notice(code, operation.kink_sentence, f"n{node}", graph.span(node)))
    return found


def find_warnings(graph: Graph, values: list[float], edges: Sequence[Edge], defaulted: Sequence[str]) -> list[Notice]:
    """Everything else worth a word: first what concerns the text, then what concerns the numbers."""
    found = [
        Notice("ambiguous-product", message, None, span)
        for message, span in doubtful_products(graph.written, graph.positions)
    ]
    translation = graph.program.prepared.translation
    if translation is not None:
        found += [Notice(one.code, one.message, None, one.span) for one in translation.remarks]
    found += function_names(graph, defaulted)
    found += _not_finite(graph, values, edges)
    found += _open_forms(graph, values)
    return found


def function_names(graph: Graph, defaulted: Sequence[str]) -> list[Notice]:
    """Leaves without a value that are called like a function: most often forgotten brackets."""
    program = graph.program
    return [
        Notice(
            "function-name",
            f"{quoted(name)} is read as a name here, not as the function.",
            f"n{program.names[name]}",
            graph.span(program.names[name]),
        )
        for name in defaulted
        if name in FUNCTIONS and len(name) > 1
    ]


def _not_finite(graph: Graph, values: list[float], edges: Sequence[Edge]) -> list[Notice]:
    """The first value that is NaN or infinite; if none is, the first infinite slope seen from the output."""
    node = next((node for node, value in enumerate(values) if not is_finite(value)), None)
    if node is not None:
        return [Notice("not-finite", nonfinite_reason(graph, values, node), f"n{node}", graph.span(node))]
    for edge in reversed(edges):
        if edge.local is not None and not is_finite(edge.local):
            node = int(edge.target[1:])
            message = infinite_slope_reason(graph, values, node, edge)
            return [Notice("infinite-slope", message, edge.target, graph.span(node))]
    return []


def _open_forms(graph: Graph, values: list[float]) -> list[Notice]:
    """Composites whose primitive gates give another number than the gate itself."""
    found = []
    for group in graph.program.groups:
        operation = OPERATION_OF[group.code]
        if operation is None:
            continue
        closed, opened = closed_value(group, values), values[group.output]
        if closed == opened or not is_finite(closed) or abs(closed - opened) <= SAME * abs(closed):
            continue
        message = (
            f"The primitive gates of {quoted(operation.name)} lose the number here; the closed gate gives {closed:.6g}."
        ).replace("-", "−")
        found.append(Notice("open-form", message, f"n{group.output}", graph.span(group.output)))
    return found
