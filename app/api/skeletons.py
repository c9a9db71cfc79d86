"""The part of an answer that depends on the program's text alone, as JSON cut where its numbers go.

A reader who drags a value sends the same program sixty times a second with other numbers. Names, LaTeX, places and
statements are then the same, and they are most of the work of an answer: they are written once and kept a while.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring

from app.engine.trace import Trace
from app.errors import Span
from app.graph.model import Edge, Group, Node, Statement

text_json: Callable[[str], str] = encode_basestring
"""A text as JSON, in quotes; what is not ASCII stays as it is."""

MAX_KEPT_CHARS = 8_000_000
"""Text that is kept in all: some hundred programs of ordinary size, or a few large ones."""


@dataclass(frozen=True, slots=True)
class GroupSkeleton:
    """A group without its numbers: head, value, gradient between, tail; then its edges."""

    head: str
    tail: str
    edges: list[str]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """An answer without its numbers. Each node has a head that ends before its value, and a tail behind its gradient;
    each edge has a head that ends before its three numbers. reading: the notation, and the program in ours.
    """

    start: str
    node_heads: list[str]
    node_tails: list[str]
    edge_heads: list[str]
    groups: list[GroupSkeleton]
    statements: str
    reading: str
    chars: int


class Kept:
    """Skeletons of the programs that were used last, up to a total of characters. Safe between threads."""

    def __init__(self, max_chars: int = MAX_KEPT_CHARS) -> None:
        self._max_chars = max_chars
        self._chars = 0
        self._found: OrderedDict[Hashable, Skeleton] = OrderedDict()
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Callable[[int], Kept], tuple[int]]:
        """In another process it is the one that this process keeps: what is kept stays where it was made."""
        return _kept_here, (self._max_chars,)

    def skeleton(self, key: Hashable, trace: Trace) -> Skeleton:
        """The skeleton of a trace; key holds everything that it depends on."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
                return found
        made = make_skeleton(trace)
        self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Skeleton) -> None:
        if made.chars > self._max_chars // 4:
            return  # one giant must not push out everything else
        with self._lock:
            if key not in self._found:
                self._found[key] = made
                self._chars += made.chars
            while self._chars > self._max_chars:
                self._chars -= self._found.popitem(last=False)[1].chars


@cache
def _kept_here(max_chars: int) -> Kept:
    return Kept(max_chars)


def make_skeleton(trace: Trace) -> Skeleton:
    """The skeleton of a trace, by reading its records."""
    outputs = ",".join(map(text_json, trace.outputs))
    start = f'{{"output":{text_json(trace.output)},"outputs":[{outputs}],"nodes":['
    nodes = trace.nodes
    heads, tails = [_node_head(node) for node in nodes], [_node_tail(node) for node in nodes]
    edges = [_edge_head(edge) for edge in trace.edges]
    groups = [
        GroupSkeleton(_group_head(one), _group_tail(one), [_edge_head(edge) for edge in one.edges])
        for one in trace.groups
    ]
    statements = ",".join(map(_statement, trace.statements))
    reading = f'"notation":"{trace.program.prepared.notation}","rewritten":{_optional(trace.graph.rewritten)}'
    chars = sum(map(len, heads)) + sum(map(len, tails)) + sum(map(len, edges)) + len(statements) + len(reading)
    chars += sum(len(one.head) + len(one.tail) + sum(map(len, one.edges)) for one in groups)
    return Skeleton(start, heads, tails, edges, groups, statements, reading, chars)


def span_json(span: Span | None) -> str:
    if span is None:
        return "null"
    return f'{{"start":{span.start},"end":{span.end},"line":{span.line},"column":{span.column}}}'


def _texts(texts: Iterable[str]) -> str:
    return "[" + ",".join(map(text_json, texts)) + "]"


def _optional(text: str | None) -> str:
    return "null" if text is None else text_json(text)


def _attributes(attributes: Mapping[str, float]) -> str:
    return "{" + ",".join(f"{text_json(name)}:{value!r}" for name, value in attributes.items()) + "}"


def _node_head(node: Node) -> str:
    return (
        f'{{"id":{text_json(node.id)},"kind":"{node.kind}","op":{_optional(node.op)},"operands":{_texts(node.operands)},'
        f'"attributes":{_attributes(node.attributes)},"name":{_optional(node.name)},"label":{text_json(node.label)},'
        f'"latex":{text_json(node.latex)},"shape":{list(node.shape)},"value":'
    )


def _node_tail(node: Node) -> str:
    return (
        f',"depth":{node.depth},"group":{_optional(node.group)},"span":{span_json(node.span)},'
        f'"value_span":{span_json(node.value_span)}}}'
    )


def _edge_head(edge: Edge) -> str:
    return f'{{"source":{text_json(edge.source)},"target":{text_json(edge.target)},"operand":{edge.operand},"local":'


def _group_head(group: Group) -> str:
    return (
        f'{{"id":{text_json(group.id)},"name":{_optional(group.name)},"op":{_optional(group.op)},'
        f'"title":{text_json(group.title)},"group":{_optional(group.group)},"operands":{_texts(group.operands)},'
        f'"output":{text_json(group.output)},"value":'
    )


def _group_tail(group: Group) -> str:
    written = "true" if group.written else "false"
    return (
        f',"latex":{_optional(group.latex)},"span":{span_json(group.span)},'
        f'"attributes":{_attributes(group.attributes)},"written":{written},"edges":['
    )


def _statement(statement: Statement) -> str:
    parts = ",".join(
        f'{{"node":{text_json(part.node)},"start":{part.start},"end":{part.end}}}' for part in statement.parts
    )
    return (
        f'{{"latex":{text_json(statement.latex)},"node":{_optional(statement.node)},'
        f'"span":{span_json(statement.span)},"parts":[{parts}]}}'
    )
