"""The answer of an evaluation as JSON: the skeleton of the program, filled with the numbers of a trace.

Needs no web framework: the command line writes the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from app.api.skeletons import Skeleton, make_skeleton, text_json
from app.engine.notices import Notice
from app.engine.trace import Trace
from app.errors import Problem, Span, UserError
from app.graph.model import Edge, Group
from app.limits import Limits, setting_name
from app.numbers import to_json

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode


def number_json(value: float | None) -> str:
    """A number as JSON can hold it: NaN, Infinity and -Infinity are strings."""
    if value is None:
        return "null"
    if value - value == 0.0:
        return repr(value)
    return f'"{to_json(value)}"'


def write_answer(trace: Trace, limits: Limits, skeleton: Skeleton | None = None) -> bytes:
    """The whole answer in UTF-8. Raises UserError when it is larger than the limit.

    skeleton is the one of this trace's program, where it is at hand.
    """
    skeleton = skeleton or make_skeleton(trace)
    if skeleton.chars > limits.max_response_bytes:
        refuse_size(limits)
    number = number_json
    values, gradients = map(number, trace.values), map(number, trace.gradients)
    nodes = [
        f'{head}{value},"gradient":{gradient}{tail}'
        for head, value, gradient, tail in zip(skeleton.node_heads, values, gradients, skeleton.node_tails, strict=True)
    ]
    text = "".join(
        (
            skeleton.start,
            ",".join(nodes),
            '],"edges":[',
            ",".join(_edges(skeleton.edge_heads, trace.edges)),
            '],"groups":[',
            ",".join(_groups(skeleton, trace.groups)),
            '],"statements":[',
            skeleton.statements,
            "],",
            skeleton.reading,
            ",",
            _rest(trace),
        )
    )
    content = text.encode("utf-8")
    if len(content) > limits.max_response_bytes:
        refuse_size(limits)
    return content


def refuse_size(limits: Limits) -> NoReturn:
    """Raises UserError: the answer would be larger than the limit."""
    setting = setting_name("max_response_bytes")
    text = f"The answer is larger than {limits.max_response_bytes:,} bytes, the limit set by {setting}."
    raise UserError([Problem("answer-too-large", text, "Send a smaller program, or open fewer groups.")], "limit")


def _edges(heads: Iterable[str], edges: Iterable[Edge]) -> list[str]:
    number = number_json
    return [
        f'{head}{number(edge.local)},"upstream":{number(edge.upstream)},"downstream":{number(edge.downstream)}}}'
        for head, edge in zip(heads, edges, strict=True)
    ]


def _groups(skeleton: Skeleton, groups: Iterable[Group]) -> list[str]:
    number = number_json
    return [
        f'{one.head}{number(group.value)},"gradient":{number(group.gradient)}{one.tail}'
        f"{','.join(_edges(one.edges, group.edges))}]}}"
        for one, group in zip(skeleton.groups, groups, strict=True)
    ]


def _rest(trace: Trace) -> str:
    """The fields that are short, or that change with the numbers."""
    conventions = trace.conventions
    return (
        f'"gradients":{_numbers(trace.leaf_gradients())},"values":{_numbers(trace.named_values())},'
        f'"defaulted":{_encode(trace.defaulted) if trace.defaulted else "[]"},'
        f'"warnings":{_notices(trace.warnings)},"kinks":{_notices(trace.kinks)},"remarks":{_notices(trace.remarks)},'
        f'"conventions":{{"relu_at_zero":{conventions.relu_at_zero!r},"ties":"{conventions.ties}",'
        f'"abs_at_zero":{conventions.abs_at_zero!r}}}}}'
    )


def _numbers(found: Mapping[str, float | None]) -> str:
    return "{" + ",".join([f"{text_json(name)}:{number_json(value)}" for name, value in found.items()]) + "}"


def _notices(notices: Sequence[Notice]) -> str:
    return _encode([_notice_entry(one) for one in notices]) if notices else "[]"


def _notice_entry(notice: Notice) -> dict[str, Any]:
    span = None if notice.span is None else span_entry(notice.span)
    return {"code": notice.code, "message": notice.message, "node": notice.node, "span": span}


def span_entry(span: Span) -> dict[str, int]:
    """A place in the program as JSON."""
    return {"start": span.start, "end": span.end, "line": span.line, "column": span.column}
