"""Composites opened into their primitive gates; each leaves a group behind, the closed gate it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache

from app.errors import MAX_PROBLEMS, Problem, UserError, quoted
from app.graph.constants import mark_constants
from app.language.constants import constant_text
from app.language.parser import parse
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import OpenGroup, Program
from app.language.statements import over_limit
from app.language.suggest import nearest
from app.language.vocabulary import CODE_MASK, CODE_OF, CONSTANT, LEAF, OPERATION_OF, WIDE
from app.limits import Limits
from app.operations import BY_FUNCTION_NAME

EVERYTHING = "*"


def codes_to_open(names: Collection[str]) -> frozenset[int]:
    """The codes of the composites that a request wants open.

    Raises UserError "value" for names that are no composite.
    """
    composites = {name for name, operation in BY_FUNCTION_NAME.items() if operation.composite}
    if EVERYTHING in names:
        return frozenset(CODE_OF[BY_FUNCTION_NAME[name].name] for name in composites)
    strange = [(index, name) for index, name in enumerate(names) if name not in composites]
    problems = [_no_composite(name, index, composites) for index, name in strange[:MAX_PROBLEMS]]
    if problems:
        raise UserError(problems, "value")
    return frozenset(CODE_OF[BY_FUNCTION_NAME[name].name] for name in names)


def expand(program: Program, codes: Collection[int], limits: Limits) -> Program:
    """The program with these composites opened, also where they stand inside one another.

    Raises UserError "limit" when that has too many nodes, before they are made.
    """
    count = sum(_size(op & CODE_MASK, codes) for op in program.ops)
    if count > limits.max_nodes:
        raise over_limit("too-many-nodes", "program with its gates opened", count, "nodes", "max_nodes", limits)
    expanded = program.without_nodes()
    written = places_of(program)
    places = expanded.places = replace(written, starts=[], ends=[], folded=dict(written.folded))
    moved = _Expansion(expanded, codes).run(program)
    expanded.move_names(program, moved)
    places.value_lines = {moved[leaf]: line for leaf, line in written.value_lines.items()}
    expanded.written, expanded.moved = program, moved
    mark_constants(expanded)
    return expanded


@cache
def body_of(code: int) -> Program:
    """The expansion of a composite as a program; its leaves are the operands and attributes."""
    operation = OPERATION_OF[code]
    assert operation is not None
    assert operation.expansion is not None
    return parse(operation.expansion)


@cache
def _literals_of(code: int) -> dict[int, str]:
    """Slot -> text of the literals in a composite's expansion."""
    body = body_of(code)
    positions = Positions(body.prepared)
    return {slot: constant_text(body, slot, positions) for slot in (~body.first[node] for node in body.constants)}


def _size(code: int, codes: Collection[int]) -> int:
    """How many nodes a node becomes."""
    if code not in codes:
        return 1
    body = body_of(code)
    return sum(_size(op & CODE_MASK, codes) for op in body.ops if op != LEAF)


@dataclass(slots=True)
class _Frame:
    """A program on its way into the expanded one: how far it is, and what its nodes have become."""

    source: Program
    moved: list[int] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    literals: dict[int, str] = field(default_factory=dict)
    group: int = -1
    start: int = 0
    end: int = 0


class _Expansion:
    def __init__(self, into: Program, codes: Collection[int]) -> None:
        self._into = into
        self._codes = codes

    def run(self, program: Program) -> list[int]:
        """Node of the program -> node of the expanded one."""
        outer = _Frame(program)
        frames = [outer]
        while frames:
            frame = frames[-1]
            node = len(frame.moved)
            if node == len(frame.source.ops):
                frames.pop()
                if frames:
                    self._close(frame, frames[-1])
            elif frame.source.ops[node] & CODE_MASK in self._codes:
                frames.append(self._open(frame, node))
            else:
                frame.moved.append(self._copy(frame, node))
        return outer.moved

    def _open(self, frame: _Frame, node: int) -> _Frame:
        """A frame for the inside of a composite."""
        into, source = self._into, frame.source
        code = source.ops[node] & CODE_MASK
        operation = OPERATION_OF[code]
        assert operation is not None
        operands = tuple(frame.moved[operand] for operand in source.operands(node))
        start, end = self._place(frame, node)
        attributes = {**operation.attributes, **source.attributes(node)}
        into.groups.append(OpenGroup(code, operands, attributes, -1, frame.group))
        inner = _Frame(body_of(code), literals=_literals_of(code), group=len(into.groups) - 1, start=start, end=end)
        inner.known = dict(zip(operation.operands, operands, strict=True))
        for name, value in attributes.items():
            if any(name == leaf for leaf in inner.source.leaves.values()):
                inner.known[name] = self._constant(inner, value, f"{value:g}")
        return inner

    def _close(self, inner: _Frame, outer: _Frame) -> None:
        """The result of a composite's inside stands for the composite."""
        output = inner.moved[inner.source.roots[-1]]
        self._into.groups[inner.group].output = output
        outer.moved.append(output)

    def _copy(self, frame: _Frame, node: int) -> int:
        into, source = self._into, frame.source
        op, inside = source.ops[node], frame.group >= 0
        if op == LEAF and inside:
            return frame.known[source.leaves[node]]
        if op == CONSTANT and inside:
            slot = ~source.first[node]
            copied = self._constant(frame, source.slots[slot], frame.literals[slot])
            folded = places_of(source).folded.get(slot)
            if folded is not None:
                places_of(into).folded[~into.first[copied]] = folded
            return copied
        start, end = self._place(frame, node)
        first, second = source.first[node], source.second[node]
        if second == WIDE:
            operands, attributes = source.wide[node]
            into.wide[len(into.ops)] = (tuple(frame.moved[operand] for operand in operands), attributes)
        if op == CONSTANT:
            into.constants.append(len(into.ops))
        return self._append(
            frame, op if op in (LEAF, CONSTANT) else op & CODE_MASK,
            frame.moved[first] if first >= 0 else first, frame.moved[second] if second >= 0 else second, start, end,
        )  # fmt: skip

    def _constant(self, frame: _Frame, value: float | None, text: str) -> int:
        into = self._into
        into.slots.append(value)
        into.slot_texts[len(into.slots) - 1] = text
        into.constants.append(len(into.ops))
        return self._append(frame, CONSTANT, ~(len(into.slots) - 1), -1, frame.start, frame.end)

    def _append(self, frame: _Frame, op: int, first: int, second: int, start: int, end: int) -> int:
        into = self._into
        into.ops.append(op)
        into.first.append(first)
        into.second.append(second)
        places = places_of(into)
        places.starts.append(start)
        places.ends.append(end)
        into.group_of.append(frame.group)
        return len(into.ops) - 1

    def _place(self, frame: _Frame, node: int) -> tuple[int, int]:
        """Where a node is written: what is inside a composite, where the composite is."""
        if frame.group >= 0:
            return frame.start, frame.end
        places = places_of(frame.source)
        return places.starts[node], places.ends[node]


def _no_composite(name: str, index: int, composites: Collection[str]) -> Problem:
    known = BY_FUNCTION_NAME.get(name)
    if known is not None:
        message, hint = f"{quoted(name)} is a primitive gate: there is nothing inside to open.", None
    else:
        message, near = f"There is no composite {quoted(name)}.", nearest(name, composites)
        hint = f"The nearest name is {quoted(near)}." if near else 'Write "*" to open all.'
    return Problem("unknown-composite", message, hint, field=f"expand.{index}")
