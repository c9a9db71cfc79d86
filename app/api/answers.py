"""The answer of an evaluation: the trace as plain dicts, written as JSON once.

Large answers are written in slices: each is one uninterruptible call of the encoder, during which no other request
moves, and the size is checked after each. Needs no web framework: the command line writes the same answer.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from app.engine.notices import Notice
from app.engine.trace import Trace
from app.errors import Problem, Span, UserError
from app.graph.model import Edge, Group, Node, Statement
from app.limits import Limits, setting_name
from app.operations.conventions import Conventions

_SLICE = 256

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode

Record = TypeVar("Record")


def to_number(value: Any) -> Any:
    """A float as JSON can hold it: the words NaN, Infinity and -Infinity stand for what it cannot."""
    if value is None or value - value == 0.0:
        return value
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"


def write_answer(trace: Trace, limits: Limits) -> bytes:
    """The whole answer in UTF-8. Raises UserError when it is larger than the limit."""
    parts: list[bytes] = []
    size = 0
    for text in _pieces(trace):
        part = text.encode("utf-8")
        size += len(part)
        if size > limits.max_response_bytes:
            _refuse_size(limits)
        parts.append(part)
    return b"".join(parts)


def _refuse_size(limits: Limits) -> None:
    setting = setting_name("max_response_bytes")
    text = f"The answer is larger than {limits.max_response_bytes:,} bytes, the limit set by {setting}."
    raise UserError([Problem("answer-too-large", text, "Send a smaller program, or open fewer groups.")], "limit")


def _pieces(trace: Trace) -> Iterator[str]:
    """The JSON text of the answer in the order of its fields."""
    yield f'{{"output":{_encode(trace.output)},"outputs":{_encode(list(trace.outputs))},"nodes":'
    entries = map(_node_entry, trace.nodes, trace.values, trace.gradients)
    yield from _list_pieces(entries)
    yield ',"edges":'
    yield from _list_pieces(map(edge_entry, trace.edges))
    yield ',"groups":'
    yield from _list_pieces(map(_group_entry, trace.groups))
    yield ',"statements":'
    yield from _list_pieces(map(_statement_entry, trace.statements))
    rest = {
        "gradients": _numbers(trace.leaf_gradients()),
        "values": _numbers(trace.named_values()),
        "defaulted": list(trace.defaulted),
        "warnings": [_notice_entry(one) for one in trace.warnings],
        "kinks": [_notice_entry(one) for one in trace.kinks],
        "conventions": _conventions_entry(trace.conventions),
    }
    yield "," + _encode(rest)[1:]


def _list_pieces(entries: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A JSON list, written in slices."""
    separator = "["
    while some := list(islice(entries, _SLICE)):
        yield separator + _encode(some)[1:-1]
        separator = ","
    yield "]" if separator == "," else "[]"


def _numbers(found: Mapping[str, float | None]) -> dict[str, Any]:
    return {name: to_number(value) for name, value in found.items()}


def span_entry(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end, "line": span.line, "column": span.column}


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else span_entry(span)


def _node_entry(node: Node, value: float, gradient: float | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "op": node.op,
        "operands": node.operands,
        "attributes": dict(node.attributes),
        "name": node.name,
        "label": node.label,
        "latex": node.latex,
        "shape": node.shape,
        "value": to_number(value),
        "gradient": to_number(gradient),
        "depth": node.depth,
        "group": node.group,
        "span": _span(node.span),
        "value_span": _span(node.value_span),
    }


def edge_entry(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "operand": edge.operand,
        "local": to_number(edge.local),
        "upstream": to_number(edge.upstream),
        "downstream": to_number(edge.downstream),
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
        "value": to_number(group.value),
        "gradient": to_number(group.gradient),
        "attributes": dict(group.attributes),
        "edges": [edge_entry(edge) for edge in group.edges],
    }


def _statement_entry(statement: Statement) -> dict[str, Any]:
    return {
        "latex": statement.latex,
        "node": statement.node,
        "span": span_entry(statement.span),
        "parts": [{"node": part.node, "start": part.start, "end": part.end} for part in statement.parts],
    }


def _notice_entry(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message, "node": notice.node, "span": _span(notice.span)}


def _conventions_entry(conventions: Conventions) -> dict[str, Any]:
    return {
        "relu_at_zero": conventions.relu_at_zero,
        "ties": conventions.ties,
        "abs_at_zero": conventions.abs_at_zero,
    }
