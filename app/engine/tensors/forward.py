"""The forward pass of a program with tensors: shapes first, gate by gate, then values by NumPy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import Rules
from app.errors import Problem, UserError
from app.graph.build import Graph
from app.language.folding import checked_shape, value_of
from app.language.places import places_of
from app.language.program import Program
from app.limits import Limits
from app.operations import Operation
from app.operations.arithmetic import MUL
from app.operations.repairs import likely_shape, list_text
from app.operations.shapes import Shape, ShapeError, implied_product
from app.operations.sizes import check_shape, check_total, check_wires, placed, with_place

Value = float | NDArray[np.float64]
"""Of a node: a Python float for a scalar, else an array of float64."""

_MOST_PLANS = 4
"""Sets of shapes that are kept for one program."""


class Gate(NamedTuple):
    """One gate as both passes see it; `wanted` are the positions of the operands that receive a gradient."""

    node: int
    operation: Operation
    operands: tuple[int, ...]
    attributes: Mapping[str, Any]
    wanted: tuple[int, ...]


class Plan:
    """What is the same for all values of the leaves, as long as their shapes are the same.

    shapes   of all nodes                 gates   operands first
    rules    conventions' rules -> per gate the functions of its wanted operands, which the reverse pass fills in
    """

    __slots__ = ("gates", "rules", "shapes")

    def __init__(self, shapes: list[Shape], gates: list[Gate]) -> None:
        self.shapes, self.gates = shapes, gates
        self.rules: dict[Rules, list[Any]] = {}

    def ranks(self, gate: Gate) -> tuple[int, ...]:
        """Numbers of axes of a gate's operands."""
        return tuple([len(self.shapes[operand]) for operand in gate.operands])

    @classmethod
    def of_values(cls, program: Program, values: Sequence[Value]) -> Plan:
        """The plan of a program that has run, with these values."""
        gates = [_gate(program, node) for node in range(len(program.ops)) if program.operands(node)]
        return cls([np.shape(value) for value in values], gates)


def _gate(program: Program, node: int) -> Gate:
    operation, operands = program.operation(node), program.operands(node)
    assert operation is not None
    wanted = tuple(at for at, operand in enumerate(operands) if not program.is_fixed(operand))
    return Gate(node, operation, operands, program.attributes(node), wanted)


def _checked_plan(graph: Graph, limits: Limits, defaulted: Collection[str]) -> Plan:
    """Shapes and sizes gate by gate, before anything is computed."""
    program = graph.program
    shapes: list[Shape] = []
    gates: list[Gate] = []
    total = wires = 0
    for node in range(len(program.ops)):
        if program.operation(node) is None:
            shape: Shape = np.shape(program.value_in(~program.first[node]))  # type: ignore[arg-type]  # not None
            if shape:
                with placed(graph.span(node)):
                    check_shape(shape, limits)
        else:
            gate = _gate(program, node)
            given = [shapes[one] for one in gate.operands]
            if gate.operation is MUL:
                _check_implied(graph, node, given)
            try:
                shape = checked_shape(gate.operation, given, gate.attributes, limits)
            except ShapeError as error:
                raise _told(graph, node, error, given, defaulted) from None
            except UserError as error:
                raise with_place(error, graph.span(node)) from None
            wires += sum(map(prod, given)) + (0 if gate.operation.whole else prod(shape) * len(given))
            check_wires(wires, limits)
            gates.append(gate)
        shapes.append(shape)
        total += prod(shape)
        check_total(total, limits)
    return Plan(shapes, gates)


def plan_of(graph: Graph, limits: Limits, defaulted: Collection[str] = ()) -> Plan:
    """The plan for the leaves' shapes; kept beside the text of a program that is read once and run often.

    Raises UserError: kind "program", with the place of the guilty operand, where shapes do not go together; kind
    "limit" for a tensor or a product that is too large.
    """
    program = graph.program
    kept = program.plans
    if kept is None:
        return _checked_plan(graph, limits, defaulted)
    tensors = program.tensors
    key = (limits, tuple([(slot, tensors[slot].shape) for slot in sorted(tensors)])) if tensors else (limits, ())
    found: Plan | None = kept.get(key)
    if found is None:
        if len(kept) == _MOST_PLANS:
            kept.clear()
        found = kept[key] = _checked_plan(graph, limits, defaulted)
    return found


def run_forward(program: Program, plan: Plan) -> list[Value]:
    """The value of every node, operands first; NaN and infinity are results."""
    values: list[Any] = [None if first >= 0 else program.value_in(~first) for first in program.first]
    with np.errstate(all="ignore"):
        for node, operation, operands, attributes, _ in plan.gates:
            values[node] = value_of(operation, [values[one] for one in operands], attributes)
    return values


def _check_implied(graph: Graph, node: int, shapes: list[Shape]) -> None:
    """`W x` is a matrix product on paper and an entry by entry product in our language: it has to be said which."""
    refusal = implied_product(shapes)
    if refusal is not None and node in places_of(graph.program).implied:
        raise UserError([Problem("implied-tensor-product", *refusal, graph.span(node))])


def _told(graph: Graph, node: int, error: ShapeError, shapes: Sequence[Shape], defaulted: Collection[str]) -> UserError:
    """Which operand is guilty, where it stands, and the likely repair."""
    operands = graph.program.operands(node)
    for position, operand in enumerate(operands):
        name = graph.names.get(operand)
        if name in defaulted and graph.program.is_leaf(operand):
            others = [shape for at, shape in enumerate(shapes) if at != position]
            return _no_value(graph, node, operand, position, others, error)
    place = operands[error.operand] if error.operand is not None else node
    subject = graph.labels[place] if place in graph.names else None
    message = error.message if subject is None else f"{error.message} It is `{subject}` that does not fit."
    return UserError([Problem("shape", message, error.hint, graph.span(place))])


def _no_value(
    graph: Graph, node: int, leaf: int, position: int, others: Sequence[Shape], error: ShapeError
) -> UserError:
    """A leaf that nothing gives a value is the number 1, which is seldom meant beside tensors."""
    operation, label = graph.program.operation(node), graph.labels[leaf]
    fits = likely_shape(operation, position, others) if operation is not None else None
    example = list_text(fits) if fits else "[1, 2, 3]"
    message = f"{error.message} `{label}` has no value, so it is the number 1."
    return UserError([Problem("shape", message, f"Give it one, as in `{label} = {example}`.", graph.span(leaf))])
