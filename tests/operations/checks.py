"""What must be true of every operation: one function per claim, each raising AssertionError where it is not.

`test_every_operation` applies them to the registry, `test_traps` to entries with a planted mistake.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from itertools import product

import numpy as np

from app import Trace
from app.graph.model import Edge
from app.operations import TIES, Conventions, Operation
from tests.operations.points import Point, at_the_ends, draw, on_kinks, operand_names
from tests.operations.reading import call, forward, on_kink, rule_values, run, value

Rules = Callable[[Operation, Point, Conventions], list[float | None]]

DEFAULT = Conventions()
EVERY_CONVENTION = [
    Conventions(relu_at_zero, ties, abs_at_zero)
    for relu_at_zero, ties, abs_at_zero in product((0.0, 1.0, 0.5), TIES, (0.0, 1.0, -1.0))
]

STEP = 1e-3
"""The five-point difference errs by STEP^4 times the fifth derivative, and by rounding / STEP: both near 1e-12."""


def same(left: float, right: float, tolerance: float = 1e-12, absolute: float | None = None) -> bool:
    """Equal, also when both are NaN or the same infinity; the absolute tolerance is the relative one unless given."""
    least = tolerance if absolute is None else absolute
    return (
        (left != left and right != right)
        or left == right
        or math.isclose(left, right, rel_tol=tolerance, abs_tol=least)
    )


def moved(point: Point, position: int, by: float) -> Point:
    """The point with one operand changed."""
    operands = list(point.operands)
    operands[position] += by
    return Point(tuple(operands), point.attributes)


def difference(operation: Operation, point: Point, position: int) -> float:
    """Central difference of the forward function over five points (DLMF §3.4(i))."""
    near = forward(operation, moved(point, position, STEP)) - forward(operation, moved(point, position, -STEP))
    far = forward(operation, moved(point, position, 2 * STEP)) - forward(operation, moved(point, position, -2 * STEP))
    return (8 * near - far) / (12 * STEP)


def slopes(operation: Operation, point: Point, position: int) -> tuple[float, float]:
    """Slopes just to the left and just to the right of a point, neither of which touches it."""
    values = [forward(operation, moved(point, position, step * 1e-6)) for step in (-2, -1, 1, 2)]
    return (values[1] - values[0]) / 1e-6, (values[3] - values[2]) / 1e-6


def check_rule(operation: Operation, rules: Rules = rule_values) -> None:
    """The rule agrees with the central difference of the value."""
    for point in draw(operation):
        for position, local in enumerate(rules(operation, point, DEFAULT)):
            expected = difference(operation, point, position)
            if local is None:
                assert expected == 0, f"operand {position} has no rule, but the value depends on it at {point}"
            else:
                assert same(local, expected, 1e-8), f"operand {position} at {point}: {local} is not {expected}"


def check_shown(operation: Operation) -> None:
    """The formula that is shown is the one that is computed, away from its special cases."""
    for point in draw(operation):
        assert rule_values(operation, point, DEFAULT) == rule_values(operation, point, DEFAULT, "shown"), point


def check_scalar(operation: Operation) -> None:
    """The fast function gives a float and the value of the NumPy function, wherever it gives anything."""
    for point in draw(operation):
        fast = operation.scalar(*point.operands, **point.attributes)
        assert type(fast) is float, f"{type(fast)} at {point}"
        assert same(fast, forward(operation, point), absolute=0), (
            f"{fast} is not {forward(operation, point)} at {point}"
        )
    for point in at_the_ends(operation):
        with contextlib.suppress(ArithmeticError, ValueError):
            fast = operation.scalar(*point.operands, **point.attributes)
            assert type(fast) is float, f"{type(fast)} at {point}"
            assert same(fast, forward(operation, point), absolute=0), (
                f"{fast} is not {forward(operation, point)} at {point}"
            )


def check_broadcasting(operation: Operation) -> None:
    """Arrays broadcast as NumPy's rules say, and every entry is the value at its point."""
    points = draw(operation, 6)
    attributes = points[0].attributes
    names = operand_names(operation)
    columns = [np.array([point.operands[position] for point in points]) for position in range(len(names))]
    with np.errstate(all="ignore"):
        together = operation.forward(*columns, **attributes)
        crossed = operation.forward(columns[0].reshape(6, 1), *columns[1:], **attributes)
    assert together.shape == (6,)
    assert together.dtype == np.float64
    assert crossed.shape == ((6, 1) if len(names) == 1 else (6, 6))
    for index, point in enumerate(points):
        assert same(float(together[index]), forward(operation, Point(point.operands, attributes)), 1e-15)
        assert same(float(crossed[index, index if len(names) > 1 else 0]), float(together[index]), 1e-15)


def check_formula(operation: Operation, field: str) -> None:
    """The expansion or definition has the value and the gradients of the operation on its domain."""
    text = getattr(operation, field)
    names = operand_names(operation)
    for point in draw(operation):
        known = {**dict(zip(names, point.operands, strict=True)), **point.attributes}
        assert same(value(text, known, DEFAULT), forward(operation, point), 1e-11), point
        for position, local in enumerate(rule_values(operation, point, DEFAULT)):
            low, high = (
                value(text, known | {names[position]: known[names[position]] + step}, DEFAULT) for step in (-1e-6, 1e-6)
            )
            assert local is not None
            assert same(local, (high - low) / 2e-6, 1e-6), f"{names[position]} at {point}"


def check_notation(operation: Operation) -> None:
    """The notation is read as this operation with these operands in this order, and these attributes."""
    for point in draw(operation, 2):
        answer = run(operation, point)
        output = answer.nodes[gate_of(operation, answer)]
        labels = {node.id: node.label for node in answer.nodes}
        assert tuple(labels[operand] for operand in output.operands) == operand_names(operation), call(operation, point)
        assert {**operation.attributes, **output.attributes} == point.attributes
        for other in operation.aliases:
            text = call(operation, point).replace(operation.name, other)
            names = dict(zip(operand_names(operation), point.operands, strict=True))
            assert value(text, names, DEFAULT) == value(call(operation, point), names, DEFAULT)


def check_pattern(operation: Operation) -> None:
    """The pattern is what the rules do, away from kinks."""
    assert operation.pattern is not None
    seen: list[list[float]] = []
    for point in draw(operation):
        locals_ = [0.0 if local is None else local for local in rule_values(operation, point, DEFAULT)]
        seen.append(locals_)
        assert all(map(math.isfinite, locals_)), point
        match operation.pattern.name:
            case "distributor":
                assert locals_ == [1.0] * len(locals_), point
            case "switcher":
                assert locals_ == [point.operands[1], point.operands[0]], point
            case "router":
                assert set(locals_) <= {0.0, 1.0}, point
                assert sum(locals_) <= 1, point
            case "blocker":
                assert set(locals_) == {0.0}, point
            case "scaler":
                assert tuple(locals_) != point.operands[::-1], f"it is a switcher at {point}"
            case _:
                raise AssertionError(f"{operation.pattern.name} is not a pattern of a gate")
    factors = {local for locals_ in seen for local in locals_}
    if operation.pattern.name == "scaler":
        assert not factors <= {0.0, 1.0}, "it only opens and closes: a router, a blocker or a distributor"
    if operation.pattern.name == "router":
        assert 1.0 in factors, "it never passes anything on"


def check_kinks(operation: Operation) -> None:
    """At a kink the derivative really is a matter of choice, and the choice is the declared one, a slope in between."""
    assert not any(on_kink(operation, point) for point in draw(operation))
    for point in on_kinks(operation):
        assert on_kink(operation, point), f"`{operation.kinks}` does not hold at {point}"
        around = [slopes(operation, point, position) for position in range(len(point.operands))]
        jumps = any(_jumps(operation, point, position) for position in range(len(point.operands)))
        assert jumps or any(not same(left, right, 1e-3) for left, right in around), f"there is no kink at {point}"
        for conventions in EVERY_CONVENTION:
            chosen = rule_values(operation, point, conventions)
            declared = rule_values(operation, point, conventions, "at_kink")
            for (left, right), local, text in zip(around, chosen, declared, strict=True):
                assert local is not None
                assert text is None or local == text, f"{local} is not the declared {text} at {point}"
                assert min(left, right) - 1e-3 <= local <= max(left, right) + 1e-3, f"{local} at {point}"


def _jumps(operation: Operation, point: Point, position: int) -> bool:
    """Whether the value itself jumps when one operand passes the point."""
    left, right = (forward(operation, moved(point, position, step)) for step in (-1e-9, 1e-9))
    here = forward(operation, point)
    return max(abs(left - here), abs(right - here)) > 1e-3


def check_engine_at_kinks(operation: Operation) -> None:
    """The engine reports the kink, names it in the words of the entry, and takes the declared slope."""
    for point in on_kinks(operation):
        for conventions in EVERY_CONVENTION:
            answer = run(operation, point, conventions)
            gate = answer.nodes[gate_of(operation, answer)].id
            assert engine_rules(operation, point, conventions) == rule_values(operation, point, conventions), point
            assert gate in [kink.node for kink in answer.kinks], point
            assert operation.kink_sentence in [kink.message for kink in answer.kinks], point
            assert answer.conventions == conventions


def check_ends(operation: Operation) -> None:
    """Whatever comes in, the engine answers with the value of the NumPy function and a float for each gradient."""
    for point in at_the_ends(operation):
        answer = run(operation, point)
        index = gate_of(operation, answer)
        assert same(answer.values[index], forward(operation, point)), point
        for edge in edges_of(answer, answer.nodes[index].id):
            assert isinstance(edge.local, float), f"{edge} at {point}"
            assert isinstance(edge.downstream, float), f"{edge} at {point}"


def gate_of(operation: Operation, answer: Trace) -> int:
    """Where the gate of the operation stands among the nodes."""
    found = [index for index, node in enumerate(answer.nodes) if node.op == operation.name]
    assert found, f"the program has no gate `{operation.name}`"
    return found[0]


def edges_of(answer: Trace, gate: str) -> list[Edge]:
    """The edges into a gate, in operand order."""
    return sorted((edge for edge in answer.edges if edge.target == gate), key=lambda edge: edge.operand)


def engine_rules(operation: Operation, point: Point, conventions: Conventions) -> list[float | None]:
    """d out / d operand as the engine's edges carry it."""
    answer = run(operation, point, conventions)
    return [edge.local for edge in edges_of(answer, answer.nodes[gate_of(operation, answer)].id)]


def check_opened(operation: Operation) -> None:
    """Opened by the engine, the operation has the value and the gradients that it has closed."""
    for point in draw(operation):
        closed, opened = run(operation, point), run(operation, point, expand=operation.name)
        group = next(group for group in opened.groups if group.op == operation.name)
        assert len(opened.nodes) > len(closed.nodes)
        assert same(opened.named_values()["f"], closed.named_values()["f"], 1e-11), point
        ours, theirs = closed.leaf_gradients(), opened.leaf_gradients()
        for name, gradient in ours.items():
            other = theirs[name]
            assert gradient is not None
            assert other is not None
            assert same(gradient, other, 1e-9), f"{name} at {point}"
        assert same(group.value, closed.named_values()["f"]), point
        edges = sorted(group.edges, key=lambda edge: edge.operand)
        assert [edge.local for edge in edges] == engine_rules(operation, point, DEFAULT), point
