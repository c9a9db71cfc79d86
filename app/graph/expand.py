"""Composites and calls of one's own functions opened into gates; each leaves a group behind, the closed gate it was.

Calls are always opened: outside of the registry there is no rule to evaluate or differentiate them by.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from app.errors import MAX_PROBLEMS, Problem, UserError, quoted
from app.graph.constants import mark_constants
from app.graph.expanded_shapes import Shapes
from app.graph.forms import COUNT, Form, bare_forms, count_of, form_of, read_form
from app.language.constants import constant_text
from app.language.folding import shape_of
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import OpenGroup, Program
from app.language.sizes import over_limit
from app.language.suggest import nearest
from app.language.vocabulary import CODE_MASK, CODE_OF, CONSTANT, LEAF, MULTIPLY, OPERATION_OF, OWN_CALL, WIDE
from app.limits import Limits
from app.operations import BY_FUNCTION_NAME
from app.operations.shapes import ShapeError

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


def expand(program: Program, codes: Collection[int], limits: Limits, *, tensors: bool = False) -> Program:
    """The program with these composites and all calls opened, also where they stand inside one another.

    tensors   nodes may be tensors: the open form of a gate depends on the shapes of its operands
    Raises UserError "limit" when that has too many nodes or entries, before they are made.
    """
    _check_size(program, codes, limits)
    expanded = program.without_nodes()
    written = places_of(program)
    places = expanded.places = replace(written, starts=[], ends=[], folded=dict(written.folded), implied=set())
    moved = _Expansion(expanded, codes, Shapes(expanded, limits) if tensors else None).run(program)
    expanded.move_names(program, moved)
    places.value_lines = {moved[leaf]: line for leaf, line in written.value_lines.items()}
    expanded.written, expanded.moved = program, moved
    mark_constants(expanded)
    return expanded


@cache
def form_of_numbers(code: int) -> Form:
    """The expansion of a composite of numbers; its leaves are the operands and attributes."""
    operation = OPERATION_OF[code]
    assert operation is not None
    assert operation.expansion is not None
    return read_form(operation.expansion)


def _size(code: int, codes: Collection[int]) -> int:
    """How many nodes a node becomes, in the largest of its open forms."""
    operation = OPERATION_OF[code]
    if code not in codes or operation is None:
        return 1
    return max(
        sum(_size(op & CODE_MASK, codes) for op in form.program.ops if op != LEAF) for form in bare_forms(operation)
    )


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
    held        nodes by which nothing is differentiated
    group       that its nodes belong to              opened   whether it is its own, not one around it
    place       where all that is inside is written; None where each node has its own place
    """

    source: Program
    moved: list[int] = field(default_factory=list)
    known: dict[int, int] | None = None
    literals: Mapping[int, str] | None = None
    held: frozenset[int] = frozenset()
    group: int = -1
    opened: bool = False
    place: tuple[int, int] | None = None


class _Expansion:
    def __init__(self, into: Program, codes: Collection[int], shapes: Shapes | None) -> None:
        self._into = into
        self._codes = codes
        self._shapes = shapes
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
            elif frame.source.ops[node] & CODE_MASK in self._codes and (form := self._form(frame, node)):
                frames.append(self._open(frame, node, form))
            else:
                frame.moved.append(self._copy(frame, node))
        return outer.moved

    def _form(self, frame: _Frame, node: int) -> Form | None:
        """What a composite opens into; None where that is not known, for shapes that do not go together."""
        source = frame.source
        if self._shapes is None:
            return form_of_numbers(source.ops[node] & CODE_MASK)
        operation = source.operation(node)
        shapes = self._shapes.all_of(frame.moved[one] for one in source.operands(node))
        assert operation is not None
        try:
            if shapes is None or shape_of(operation, shapes, source.attributes(node)) is None:
                return None
        except ShapeError:
            return None
        return form_of(operation, shapes, source.attributes(node))

    def _open(self, frame: _Frame, node: int, form: Form) -> _Frame:
        """A frame for the inside of a composite."""
        into, source = self._into, frame.source
        code = source.ops[node] & CODE_MASK
        operation = OPERATION_OF[code]
        assert operation is not None
        operands = tuple(frame.moved[operand] for operand in source.operands(node))
        place = self._place(frame, node)
        attributes = {**operation.attributes, **source.attributes(node)}
        self._begin_group(frame, node, OpenGroup(code, operands, attributes, -1, frame.group, *place))
        body, literals, held = form
        inner = _Frame(body, literals=literals, held=held, group=len(into.groups) - 1, opened=True, place=place)
        given = dict(zip(operation.operands, operands, strict=True))
        inner.known = {}
        for leaf, name in body.leaves.items():
            if name in given:
                inner.known[leaf] = given[name]
            else:
                value = self._count(operands, attributes) if name == COUNT else attributes[name]
                inner.known[leaf] = self._attribute(inner, value)
        return inner

    def _count(self, operands: tuple[int, ...], attributes: Mapping[str, Any]) -> int:
        shapes = None if self._shapes is None else self._shapes.all_of(operands)
        assert shapes is not None
        return count_of(shapes[0], attributes)

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
        return self._constant(frame, value, str(value) if isinstance(value, int) else f"{value:g}", frame.place)

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
            if slot in source.tensors:
                into.tensors[len(into.slots)] = source.tensors[slot]
            copied = self._constant(frame, source.slots[slot], text, self._place(frame, node))
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
        elif op & CODE_MASK == MULTIPLY and frame.place is None and node in places_of(source).implied:
            places_of(into).implied.add(len(into.ops))
        if node in frame.held:
            into.fixed.add(len(into.ops))
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
        if self._shapes is not None:
            self._shapes.add_last()
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
