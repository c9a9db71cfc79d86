"""Jacobians by both modes: the same numbers, the lecture's and others', and why a zero is zero."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import trace
from app.engine.choice import final_nodes
from app.engine.jacobian import Jacobian, find_jacobian
from app.engine.rules import rules_for
from app.engine.tangent import list_locals, run_tangent
from app.engine.trace import Trace
from app.errors import UserError
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.operations import OPERATIONS
from tests.engine.programs import random_program
from tests.operations.points import at_the_ends

GOLDEN = "u = (x + y) * max(y, z); v = x^2 * y - z; x = 1; y = 2; z = 0"


def leaves_of(found: Trace) -> list[int]:
    return [node for node in found.program.leaves if not found.program.is_fixed(node)]


def both(found: Trace, outputs: list[int], nodes: list[int]) -> tuple[Jacobian, Jacobian]:
    one, other = (find_jacobian(found, outputs, nodes, mode) for mode in ("reverse", "forward"))
    assert (one.mode, other.mode) == ("reverse", "forward")
    return one, other


def agree(one: float, other: float, size: float) -> bool:
    same = one == other or (math.isnan(one) and math.isnan(other))
    return same or math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12 * size)


def check_both_modes(found: Trace, outputs: list[int], nodes: list[int]) -> None:
    one, other = both(found, outputs, nodes)
    for row, second in zip(one.matrix, other.matrix, strict=True):
        size = max([1.0, *(abs(entry) for entry in row if math.isfinite(entry))])
        assert all(agree(entry, again, size) for entry, again in zip(row, second, strict=True))


def named(found: Trace, *names: str) -> list[int]:
    return [found.program.names[name] for name in names]


def test_the_golden_matrix_and_who_fills_it() -> None:
    found = trace(GOLDEN)
    assert final_nodes(found.graph) == named(found, "u", "v")
    for one in both(found, named(found, "u", "v"), leaves_of(found)):
        assert one.matrix == [[2.0, 5.0, 0.0], [4.0, 1.0, -1.0]]
        assert [[one.paths(row, column) for column in range(3)] for row in range(2)] == [[1, 2, 1], [1, 1, 1]]
        assert [[one.why(row, column) for column in range(3)] for row in range(2)] == [
            [None, None, "router"],
            [None, None, None],
        ]
        assert one.sentence(0, 2) == "max chose y here, so z receives 0."
    assert find_jacobian(found, named(found, "u", "v"), leaves_of(found)).mode == "reverse"
    assert find_jacobian(found, named(found, "u", "v"), named(found, "x")).mode == "forward"


def test_a_row_is_the_gradient_that_evaluating_gives() -> None:
    for output in ("u", "v"):
        found = trace(GOLDEN, output=output)
        [row] = find_jacobian(found, list(found.output_nodes), leaves_of(found)).matrix
        assert row == list(found.leaf_gradients().values())


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=60, deadline=None)
def test_both_modes_agree_on_random_programs(seed: int, opened: bool) -> None:
    example = random_program(seed)
    found = trace(example.source, values=example.values, expand="*" if opened else ())
    roots = [root for root in dict.fromkeys(found.program.roots) if not found.program.is_fixed(root)]
    check_both_modes(found, roots, [*leaves_of(found), *roots[:4]])


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_both_modes_agree_on_every_lesson(lesson: Any) -> None:
    found = trace(lesson.program, output=lesson.output)
    roots = list(dict.fromkeys(found.program.roots))
    check_both_modes(found, roots, leaves_of(found))
    nodes = leaves_of(found)
    [row] = find_jacobian(found, [found.output_nodes[0]], nodes).matrix
    assert row == [found.gradients[node] for node in nodes]


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_zero_of_every_lesson_is_explained(lesson: Any) -> None:
    found = trace(lesson.program, output=lesson.output)
    one = find_jacobian(found, final_nodes(found.graph), leaves_of(found))
    for row in range(len(one.outputs)):
        for column in range(len(one.nodes)):
            zero = one.matrix[row][column] == 0.0
            assert (one.why(row, column) is not None) == (one.sentence(row, column) is not None) == zero
            assert zero or one.paths(row, column) >= 1


CALLED = [one for one in OPERATIONS if not one.infix and not one.prefix and one.name != "where"]


@pytest.mark.parametrize("operation", CALLED, ids=lambda operation: operation.name)
def test_forward_mode_has_a_result_for_every_input(operation: Any) -> None:
    names = ("p", "q", "r") if operation.variadic else operation.operands
    for point in at_the_ends(operation):
        values = dict(zip(names, point.operands, strict=True))
        found = trace(f"f = {operation.name}({', '.join(names)})", values=values)
        nodes = leaves_of(found)
        one, other = both(found, [found.output_nodes[0]], nodes)
        assert all(agree(a, b, 1.0) for a, b in zip(one.matrix[0], other.matrix[0], strict=True)), values


def test_an_infinite_slope_beside_an_operand_that_does_not_vary_is_not_multiplied_by_zero() -> None:
    found = trace("sqrt(x) + y", values={"x": 0, "y": 1})
    x, y = leaves_of(found)
    table = list_locals(found.program, found.values, rules_for(found.conventions))
    assert run_tangent(found.program, table, {y: 1.0})[-1] == 1.0
    assert run_tangent(found.program, table, {x: 1.0})[-1] == math.inf
    assert math.isnan(run_tangent(found.program, table, {x: 0.0})[-1])
    assert run_tangent(found.program, table, {}) == [0.0] * len(found.values)


def test_a_gate_varies_alone() -> None:
    found = trace("q = x + y; f = q z; x = -2; y = 5; z = -4")
    q, x, f = named(found, "q", "x", "f")
    for one in both(found, [f, q, x], [q, x]):
        assert one.matrix == [[-4.0, -4.0], [1.0, 1.0], [0.0, 1.0]]
        assert one.sentence(2, 0) == "No path leads from q to x."
    table = list_locals(found.program, found.values, rules_for(found.conventions))
    assert run_tangent(found.program, table, {x: 1.0, q: 10.0})[f] == -40.0


def test_a_tangent_is_the_derivative_along_a_direction() -> None:
    found = trace(GOLDEN)
    x, y, z = leaves_of(found)
    table = list_locals(found.program, found.values, rules_for(found.conventions))
    tangents = run_tangent(found.program, table, {x: 1.0, y: -2.0, z: 0.5})
    u, v = named(found, "u", "v")
    assert (tangents[u], tangents[v]) == (2.0 - 10.0, 4.0 - 2.0 - 0.5)


@pytest.mark.parametrize(
    ("source", "reason", "sentence"),
    [
        ("a = x; f = y + 1", "no-path", "No path leads from x to f."),
        ("f = max(x, y, 3); y = 1; x = 2", "router", "max chose 3 here, so x receives 0."),
        ("f = max(2 x, y); x = 1; y = 5", "router", "max chose y here, so nothing arrives at x."),
        ("f = relu(x); x = -1", "router", "ReLU lets nothing through here, so x receives 0."),
        ("f = floor(x); x = 1.5", "flat", "The local gradient of ⌊x⌋ is 0 here, so x receives 0."),
        ("f = x y; y = 0", "flat", "The local gradient of × is 0 here, so x receives 0."),
        ("f = x - x", "cancels", "The paths from x to f cancel: their products add up to 0."),
        ("f = (1e-200 x) * 1e-200", "underflow", "The product along the path from x to f is too small"),
        ("f = max(y, x y); x = 0.5; y = 2", "router", "max chose y here, so nothing arrives at x."),
    ],
)
def test_why_an_entry_is_zero(source: str, reason: str, sentence: str) -> None:
    found = trace(source)
    one = find_jacobian(found, [found.program.names["f"]], named(found, "x"))
    assert one.matrix == [[0.0]]
    assert one.why(0, 0) == reason
    assert (one.sentence(0, 0) or "").startswith(sentence)


def test_paths_beyond_counting() -> None:
    lines = ["s0 = x + x", *(f"s{number} = s{number - 1} + s{number - 1}" for number in range(1, 1200))]
    found = trace("\n".join(lines), values={"x": 0})
    one = find_jacobian(found, [found.program.names["s99"], found.output_nodes[0]], leaves_of(found))
    assert one.paths(0, 0) == 2.0**100
    assert one.paths(1, 0) == math.inf


def test_too_much_is_refused() -> None:
    found = trace(GOLDEN)
    with pytest.raises(UserError, match="runs of a gate"):
        find_jacobian(found, final_nodes(found.graph), leaves_of(found), limits=Limits(max_gate_runs=50))
