"""Numeric health in words: gates that let little gradient through, leaves that too little or too much reaches.

These are remarks, not warnings: nothing is wrong with a lesson in which one unit is off. They are told where they
happen, to those who look there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice

import numpy as np

from app.engine.notices import Notice
from app.engine.reverse import leads_to, local_at
from app.engine.rules import Rules
from app.graph.build import Graph
from app.graph.model import Edge
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, OPERATION_OF
from app.numbers import format_number
from app.operations import OPERATIONS, Operation

MAX_REMARKS = 100
"""Remarks of one answer, in topological order: more are a property of the network, not of a gate."""

LITTLE = 0.1
"""A gate is saturated when its slope is below this part of its largest: then even ten times the change is not much.
A sigmoid is from |x| = 3.7 on, a tanh from 1.9 on."""

ALMOST_NOTHING = 0.01
"""Below this part of the largest slope hardly anything flows: a sigmoid from |x| = 6, a tanh from 3 on."""

FAR = 1e5
"""A gradient has vanished or exploded when it differs by this factor from the gradient of the output. Ordinary networks
of a lecture stay within a factor of a thousand."""

FACTORS = 3
"""So many factors of the product must be on that side of 1: a single one is a matter of units, or told at its gate."""

_FLAT = 1e-3
"""Relative difference between two far points at which a gate has come to its end value."""


def find_remarks(
    graph: Graph,
    values: list[float],
    gradients: Sequence[float | None],
    edges: Sequence[Edge],
    seed: float,
    rules: Rules,
) -> list[Notice]:
    """Saturated gates and units that are off, open composites too; then gradients that vanished or exploded."""
    found = chain(_gate_remarks(graph, values, rules), _leaf_remarks(graph, values, gradients, edges, seed))
    return list(islice(found, MAX_REMARKS))


def _gate_remarks(graph: Graph, values: list[float], rules: Rules) -> Iterator[Notice]:
    program, output = graph.program, graph.output_nodes[0]
    leads: list[bool] | None = None
    for node, operation, operands, attributes in _single_gates(program):
        numbers = tuple(values[operand] for operand in operands)
        leads = leads or leads_to(program, output)
        if program.is_fixed(operands[0]) or not leads[node] or not math.isfinite(numbers[0]):
            continue
        local = local_at(operation, 0, numbers, values[node], attributes, rules)
        told = gate_remark(operation, numbers[0], local)
        if told and not rules.on_kink(operation, numbers, values[node], attributes):
            yield Notice(told[0], told[1], f"n{node}", graph.span(node))


def _single_gates(program: Program) -> Iterator[tuple[int, Operation, tuple[int, ...], Mapping[str, float]]]:
    """Gates with one operand whose slope can be about nothing, and open composites of that kind, by their result."""
    codes = codes_told()
    composites = {group.output: group for group in program.groups if group.code in codes}
    for node, op in enumerate(program.ops):
        if op & CODE_MASK in codes:
            code, operands, attributes = op & CODE_MASK, program.operands(node), program.attributes(node)
        elif composites and node in composites:
            group = composites[node]
            code, operands, attributes = group.code, group.operands, group.attributes
        else:
            continue
        operation = OPERATION_OF[code]
        assert operation is not None
        yield node, operation, operands, attributes


@cache
def codes_told() -> frozenset[int]:
    """Codes of the operations that are told of."""
    names = _with_off_side() | largest_slopes().keys()
    return frozenset(code for code, operation in enumerate(OPERATION_OF) if operation and operation.name in names)


def gate_name(operation: Operation) -> str:
    """What it is called within a sentence."""
    return operation.title.lower() if operation.title[1:].islower() else operation.title


def gate_remark(operation: Operation, x: float, local: float) -> tuple[str, str] | None:
    """Code and sentence for a gate with one operand that lets little through, or None."""
    name = gate_name(operation)
    most = largest_slopes().get(operation.name)
    if most is not None:
        part = abs(local) / most
        if part >= LITTLE:
            return None
        flow = "nothing" if local == 0 else "almost nothing" if part < ALMOST_NOTHING else "little"
        slope = f"its local gradient is {format_number(local, 4)}, where {format_number(most, 4)} is the most"
        return "saturated", f"The {name} is saturated here: {slope}, so {flow} flows back."
    if local != 0:
        return None
    number = format_number(x, 2)
    return "off", f"This {name} is off: its input is {number}, so its local gradient is 0 and nothing flows back."


@cache
def largest_slopes() -> dict[str, float]:
    """The slope in the middle of every S-shaped gate, which comes to an end value on both sides."""
    found = {}
    for operation in _gates_of_one():
        first, left, middle_left, middle_right, right, last = _values(operation, -1e6, -1e4, -1e-4, 1e-4, 1e4, 1e6)
        height = abs(last - first)
        rests = abs(first - left) <= _FLAT * height and abs(last - right) <= _FLAT * height
        slope = (middle_right - middle_left) / 2e-4
        if math.isfinite(height) and height > 0 and rests and slope > 0:
            found[operation.name] = slope
    return found


@cache
def _with_off_side() -> frozenset[str]:
    """The gates with a kink that are flat on one side and not on the other, as ReLU is."""
    found = set()
    for operation in _gates_of_one():
        far_left, left, right, far_right = _values(operation, -2e4, -1e4, 1e4, 2e4)
        if operation.kinks is not None and (far_left == left) != (right == far_right):
            found.add(operation.name)
    return frozenset(found)


def _gates_of_one() -> Iterator[Operation]:
    """Operations with one operand that are no step functions."""
    for operation in OPERATIONS:
        if operation.variadic or len(operation.operands) != 1:
            continue
        if operation.pattern is None or operation.pattern.name != "blocker":
            yield operation


def _values(operation: Operation, *points: float) -> list[float]:
    with np.errstate(all="ignore"):
        return [float(operation.forward(np.float64(point))) for point in points]


def _leaf_remarks(
    graph: Graph, values: list[float], gradients: Sequence[float | None], edges: Sequence[Edge], seed: float
) -> Iterator[Notice]:
    program, output = graph.program, graph.output_nodes[0]
    branches: dict[str, list[Edge]] = {}
    if not seed or not math.isfinite(seed) or not math.isfinite(values[output]):
        return
    for leaf in program.leaves:
        gradient = gradients[leaf]
        if not gradient or not math.isfinite(gradient):
            continue
        vanished, exploded = abs(gradient) < abs(seed) / FAR, abs(gradient) > abs(seed) * FAR
        if vanished or exploded:
            branches = branches or _branches(edges)
            factors = _factors(program, _strongest_path(branches, f"n{leaf}", f"n{output}"))
            if is_a_product(factors, vanished):
                yield _path_remark(graph, leaf, gradient, seed, factors, vanished)


def is_a_product(factors: Sequence[tuple[int, float]], vanished: bool) -> bool:
    """Whether many factors together made the gradient so small or large; near a minimum it is small by cancellation."""
    sizes = [abs(factor) for _, factor in factors]
    product = math.prod(sizes)
    if vanished:
        return product < 10 / FAR and sum(size < 1 for size in sizes) >= FACTORS
    return product > 1 and sum(size > 1 for size in sizes) >= FACTORS


def _path_remark(
    graph: Graph, leaf: int, gradient: float, seed: float, factors: Sequence[tuple[int, float]], vanished: bool
) -> Notice:
    message = path_text(graph, seed, format_number(gradient, 2), factors, vanished)
    return Notice("vanishing" if vanished else "exploding", message, f"n{leaf}", graph.span(leaf))


def path_text(graph: Graph, seed: float, here: str, factors: Sequence[tuple[int, float]], vanished: bool) -> str:
    """How small or large the gradient is here, and the gate that did most of it."""
    pick = min if vanished else max
    node, factor = pick(factors, key=lambda one: abs(one[1]))
    verb, degree = ("vanishes", "smallest") if vanished else ("explodes", "largest")
    return (
        f"The gradient {verb} on its way here: {format_number(seed, 2)} at the output, {here} "
        f"here. Of {len(factors)} gates on the strongest path the {degree} factor is {format_number(factor, 4)}, "
        f"at {graph.labels[node]}."
    )


def _branches(edges: Sequence[Edge]) -> dict[str, list[Edge]]:
    """Id of a node -> the edges that leave it."""
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge)
    return found


def _strongest_path(branches: Mapping[str, Sequence[Edge]], leaf: str, output: str) -> list[Edge]:
    """The edges from a leaf to the output, at every fan-out along the one that carries most.

    None where the gradient is the sum of parts that are all 0.
    """
    path: list[Edge] = []
    at = leaf
    while at != output:
        edge = max(branches.get(at, ()), key=lambda one: abs(one.downstream or 0.0), default=None)
        if edge is None or not edge.downstream:
            return []
        path.append(edge)
        at = edge.target
    return path


def _factors(program: Program, path: Sequence[Edge]) -> list[tuple[int, float]]:
    """Gates of a path with their local gradients; a composite that stands open counts as the one gate it is."""
    found: list[tuple[int, float]] = []
    inside = -1
    for edge in path:
        node, local = int(edge.target[1:]), edge.local or 0.0
        group = _outermost(program, node)
        if group >= 0 and group == inside:
            found[-1] = (program.groups[group].output, found[-1][1] * local)
        else:
            found.append((program.groups[group].output if group >= 0 else node, local))
        inside = group
    return found


def _outermost(program: Program, node: int) -> int:
    """Number of the outermost composite around a node, or -1. A call of one's own function may be a whole network, so
    its gates count one by one.
    """
    group, found = program.group_of[node] if program.group_of else -1, -1
    while group >= 0:
        found = group if program.groups[group].function is None else found
        group = program.groups[group].parent
    return found
