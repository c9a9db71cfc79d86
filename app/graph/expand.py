"""Composites and calls of one's own functions opened into gates; each leaves a group behind, the closed gate it was.

Calls are always opened: outside of the registry there is no rule to evaluate or differentiate them by.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from app.errors import MAX_PROBLEMS, Problem, UserError, quoted
from app.graph.constants import mark_constants
from app.language.constants import constant_text
from app.language.parser import parse
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import OpenGroup, Program
from app.language.sizes import over_limit
from app.language.suggest import nearest
from app.language.vocabulary import CODE_MASK, CODE_OF, CONSTANT, LEAF, OPERATION_OF, OWN_CALL, WIDE
from app.limits import Limits
from app.operations import BY_FUNCTION_NAME

EVERYTHING = "*"


_STEPS_PER_NODE = 8
"""Calls and operands that a program may have for each node it may have: what opening costs besides its nodes."""

_UNCOUNTED = 10**12
"""Larger numbers of nodes are not told apart: calls in calls double them with every definition."""


def codes_to_open(names: Collection[str], functions: Collection[str] = ()) -> frozenset[int]:
    """The codes of the composites that a request wants open. Names of one's own functions change nothing.

    Raises UserError "value" for names that are neither.
    """
    names = [name for name in names if name not in functions]
    composites = {name for name, operation in BY_FUNCTION_NAME.items() if operation.composite}
    if EVERYTHING in names:
        return frozenset(CODE_OF[BY_FUNCTION_NAME[name].name] for name in composites)
    strange = [(index, name) for index, name in enumerate(names) if name not in composites]
    problems = [_no_composite(name, index, composites) for index, name in strange[:MAX_PROBLEMS]]
    if problems:
        raise UserError(problems, "value")
    return frozenset(CODE_OF[BY_FUNCTION_NAME[name].name] for name in names)


def expand(program: Program, codes: Collection[int], limits: Limits) -> Program:
    """The program with these composites and all calls opened, also where they stand inside one another.

    Raises UserError "limit" when that has too many nodes, before they are made.
    """
    _check_size(program, codes, limits)
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


def _check_size(program: Program, codes: Collection[int], limits: Limits) -> None:
    """Counts before anything is made, each body once. Raises UserError "limit"."""
    sizes: dict[str, tuple[int, int]] = {}  # nodes of a function's body, and steps it takes to copy it
    for function in program.functions.values():
        nodes, steps = _count(function.body, codes, sizes)
        outside = sum(op == LEAF for op in function.body.ops)
        sizes[function.name] = min(nodes - outside, _UNCOUNTED), min(steps, _UNCOUNTED)
    nodes, steps = _count(program, codes, sizes)
    if nodes > limits.max_nodes:
        raise over_limit("too-many-nodes", "program with its gates opened", nodes, "nodes", "max_nodes", limits)
    if program.calls and steps > _STEPS_PER_NODE * limits.max_nodes:
        raise over_limit("too-many-nodes", "program with its calls opened", steps, "operands", "max_nodes", limits)


def _count(program: Program, codes: Collection[int], sizes: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    nodes = steps = 0
    for node, op in enumerate(program.ops):
        if op == OWN_CALL:
            inside = sizes[program.calls[node].name]
            nodes, steps = nodes + inside[0], steps + inside[1] + len(program.wide[node][0])
        else:
            nodes += _size(op & CODE_MASK, codes)
            steps += 1
    return nodes, steps


@dataclass(slots=True)
class _Frame:
    """A program on its way into the expanded one: how far it is, and what its nodes have become.

    known       leaf -> node that stands for it; None for the whole program, whose leaves are copied
    literals    slot -> text; None where the text of a literal is found in the program itself
    group       that its nodes belong to              opened   whether it is its own, not one around it
    place       where all that is inside is written; None where each node has its own place
    """

    source: Program
    moved: list[int] = field(default_factory=list)
    known: dict[int, int] | None = None
    literals: dict[int, str] | None = None
    group: int = -1
    opened: bool = False
    place: tuple[int, int] | None = None


class _Expansion:
    def __init__(self, into: Program, codes: Collection[int]) -> None:
        self._into = into
        self._codes = codes
        self._positions = Positions(into.prepared)

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
            elif frame.source.ops[node] == OWN_CALL:
                frames.append(self._call(frame, node))
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
        place = self._place(frame, node)
        attributes = {**operation.attributes, **source.attributes(node)}
        self._begin_group(frame, node, OpenGroup(code, operands, attributes, -1, frame.group, *place))
        body = body_of(code)
        inner = _Frame(body, literals=_literals_of(code), group=len(into.groups) - 1, opened=True, place=place)
        given = dict(zip(operation.operands, operands, strict=True))
        inner.known = {}
        for leaf, name in body.leaves.items():
            inner.known[leaf] = given[name] if name in given else self._attribute(inner, attributes[name])
        return inner

    def _call(self, frame: _Frame, node: int) -> _Frame:
        """A frame for the body of one's own function. One that gives back an operand makes no group."""
        function = frame.source.calls[node]
        operands = tuple(frame.moved[operand] for operand in frame.source.operands(node))
        inner = _Frame(function.body, group=frame.group, known=dict(zip(function.operands, operands, strict=True)))
        if function.result is None:
            start, end = self._place(frame, node)
            group = OpenGroup(OWN_CALL, operands, {}, -1, frame.group, start, end, function=function, body=inner.moved)
            self._begin_group(frame, node, group)
            inner.group, inner.opened = len(self._into.groups) - 1, True
        return inner

    def _begin_group(self, frame: _Frame, node: int, group: OpenGroup) -> None:
        if frame.opened:
            self._into.groups[frame.group].inside[node] = len(self._into.groups)
        self._into.groups.append(group)

    def _attribute(self, frame: _Frame, value: float) -> int:
        assert frame.place is not None
        return self._constant(frame, value, f"{value:g}", frame.place)

    def _close(self, inner: _Frame, outer: _Frame) -> None:
        """The result of what is inside stands for the composite or the call."""
        output = inner.moved[inner.source.roots[-1]]
        if inner.opened:
            self._into.groups[inner.group].output = output
        outer.moved.append(output)

    def _copy(self, frame: _Frame, node: int) -> int:
        into, source = self._into, frame.source
        op, known = source.ops[node], frame.known
        if op == LEAF and known is not None:
            return known[node]
        if op == CONSTANT and known is not None:
            slot = ~source.first[node]
            literals = frame.literals
            text = constant_text(source, slot, self._positions) if literals is None else literals[slot]
            copied = self._constant(frame, source.slots[slot], text, self._place(frame, node))
            if slot in source.tensors:
                into.tensors[~into.first[copied]] = source.tensors[slot]
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

    def _constant(self, frame: _Frame, value: float | None, text: str, place: tuple[int, int]) -> int:
        into = self._into
        into.slots.append(value)
        into.slot_texts[len(into.slots) - 1] = text
        into.constants.append(len(into.ops))
        return self._append(frame, CONSTANT, ~(len(into.slots) - 1), -1, *place)

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
        """Where a node is written: what is inside a composite, where the composite is; of a body, in its definition."""
        if frame.place is not None:
            return frame.place
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
