"""Second derivatives against small steps of the gradient, against torch, and against what is known on paper."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import Conventions, trace
from app.engine.backward_graph import build_backward
from app.engine.backward_trace import BackwardTrace
from app.engine.forward import run_forward
from app.engine.hessian import find_hessian
from app.engine.rules import rules_for
from app.engine.tangent import list_locals, run_tangent
from app.engine.trace import Trace
from app.errors import UserError
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.operations import OPERATIONS, Operation
from tests.engine.programs import random_program
from tests.operations.points import at_the_ends, draw, on_kinks, operand_names


def leaves_of(found: Trace) -> list[int]:
    return [node for node in found.program.leaves if not found.program.is_fixed(node)]


def hessian_of(source: str, **options: Any) -> list[list[float]]:
    found = trace(source, **options)
    return find_hessian(found, found.output_nodes[0], leaves_of(found)).matrix


def close(one: float, other: float, tolerance: float, scale: float = 1.0) -> bool:
    return one == other or math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance * scale)


def check_against_steps(source: str, values: dict[str, float], **options: Any) -> None:
    """Every entry is the central difference of the gradient, and the matrix is symmetric."""
    found = trace(source, values=values, **options)
    nodes = leaves_of(found)
    names = [found.program.leaves[node] for node in nodes]
    matrix = find_hessian(found, found.output_nodes[0], nodes).matrix
    size = max([1.0, *(abs(entry) for row in matrix for entry in row if math.isfinite(entry))])
    for column, name in enumerate(names):
        value = found.values[nodes[column]]
        step = 1e-5 * max(1.0, abs(value))
        up, down = (
            trace(source, values=values | {name: value + way * step}, **options).leaf_gradients() for way in (1, -1)
        )
        for row, other in enumerate(names):
            numeric = ((up[other] or 0.0) - (down[other] or 0.0)) / (2 * step)
            assert close(matrix[row][column], numeric, 2e-5, size), (other, name)
            assert close(matrix[row][column], matrix[column][row], 1e-9, size), (other, name)


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_second_derivatives_match_steps_of_the_gradient(seed: int) -> None:
    example = random_program(seed, statements=8, kinks=False)
    check_against_steps(example.source, example.values)


def call_of(operation: Operation, attributes: dict[str, float]) -> str:
    operands = operand_names(operation)
    if operation.infix:
        text = f" {operation.infix.symbols[0]} ".join(operands)
        return f"where({text}, {operands[0]}, {operands[1]})" if operation.infix.associativity == "none" else text
    if operation.prefix:
        return f"{operation.prefix.symbol}{operands[0]}"
    if operation.name == "where":
        operands = (f"{operands[0]} > 0", *operands[1:])
    settings_text = [f"{name}={value!r}" for name, value in attributes.items()]
    return f"{operation.name}({', '.join([*operands, *settings_text])})"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_is_differentiated_twice(operation: Operation) -> None:
    for point in draw(operation, 6):
        values = dict(zip(operand_names(operation), point.operands, strict=True))
        check_against_steps(f"v = {call_of(operation, point.attributes)}; f = v + v^2 / 3", values)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_backward_program_has_the_gradients_of_the_backward_pass(operation: Operation) -> None:
    for point in [*draw(operation, 4), *on_kinks(operation)]:
        values = dict(zip(operand_names(operation), point.operands, strict=True))
        for conventions in (Conventions(), Conventions(1.0, "first", 0.5), Conventions(0.5, "both", -1.0)):
            source = f"f = 3 * ({call_of(operation, point.attributes)})"
            found = trace(source, values=values, conventions=conventions)
            for alone in (False, True):
                backward = build_backward(found, found.output_nodes[0], alone=alone)
                assert run_forward(backward.program) == backward.values
                for node in leaves_of(found):
                    gradient = backward.gradients.get(node)
                    got = 0.0 if gradient is None else backward.values[gradient]
                    assert close(got, found.gradients[node] or 0.0, 1e-12), (source, values)


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_backward_programs_of_random_programs(seed: int, opened: bool) -> None:
    example = random_program(seed)
    found = trace(example.source, values=example.values, expand="*" if opened else ())
    for alone in (False, True):
        backward = build_backward(found, found.output_nodes[0], alone=alone)
        assert run_forward(backward.program) == backward.values
        for node in leaves_of(found):
            assert close(backward.values[backward.gradients[node]], found.gradients[node] or 0.0, 1e-12)


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_the_hessian_of_every_lesson_is_that_of_its_opened_gates(lesson: Any) -> None:
    plain, opened = (trace(lesson.program, output=lesson.output, expand=expand) for expand in ((), "*"))
    nodes = leaves_of(plain)[:12]
    names = [plain.program.leaves[node] for node in nodes]
    one = find_hessian(plain, plain.output_nodes[0], nodes)
    other = find_hessian(opened, opened.output_nodes[0], [opened.program.names[name] for name in names])
    size = max([1.0, *(abs(entry) for row in one.matrix for entry in row if math.isfinite(entry))])
    for row, second in zip(one.matrix, other.matrix, strict=True):
        for entry, again in zip(row, second, strict=True):
            if math.isfinite(entry) and math.isfinite(again):
                assert close(entry, again, 1e-8, size)
    for index, node in enumerate(nodes):
        assert close(one.gradient[index], plain.gradients[node] or 0.0, 1e-12)
        for column in range(len(nodes)):
            if math.isfinite(one.matrix[index][column]):
                assert close(one.matrix[index][column], one.matrix[column][index], 1e-10, size)


@pytest.mark.parametrize(
    ("source", "values", "matrix"),
    [
        ("x^2 y", {"x": 1, "y": 2}, [[4.0, 2.0], [2.0, 0.0]]),
        ("x^y", {"x": 2, "y": 0}, [[0.0, 0.5], [0.5, math.log(2) ** 2]]),
        ("x^3", {"x": 0}, [[0.0]]),
        ("x^2", {"x": 0}, [[2.0]]),
        ("x * x", {"x": -3}, [[2.0]]),
        ("relu(x)", {"x": 0}, [[0.0]]),
        ("relu(x)^2", {"x": 3}, [[2.0]]),
        ("max(x, y)^2", {"x": 3, "y": 1}, [[2.0, 0.0], [0.0, 0.0]]),
        ("elu(x)", {"x": 800}, [[0.0]]),
        ("selu(x) + elu(x)", {"x": 1000}, [[0.0]]),
        ("where(x > 0, x^3, x^2)", {"x": 2}, [[12.0]]),
        ("abs(x) x", {"x": -2}, [[-2.0]]),
        ("floor(x) x", {"x": 1.5}, [[0.0]]),
        ("exp(x)", {"x": 0}, [[1.0]]),
        ("sqrt(x)", {"x": 0}, [[-math.inf]]),
        ("bce(p, t)", {"p": 0.5, "t": 1}, [[4.0, -4.0], [-4.0, 0.0]]),
        ("b = y + 1; f = x^2", {"x": 1, "y": 1}, [[0.0, 0.0], [0.0, 2.0]]),
        ("const k = 2; k x^2", {"x": 5}, [[4.0]]),
        ("g(a) = a^2 b; f = g(x) + g(2 x)", {"x": 1, "b": 3}, [[0.0, 10.0], [10.0, 30.0]]),
    ],
)  # fmt: skip
def test_known_on_paper(source: str, values: dict[str, float], matrix: list[list[float]]) -> None:
    got = hessian_of(source, values=values)
    assert len(got) == len(matrix)
    for row, expected in zip(got, matrix, strict=True):
        for entry, known in zip(row, expected, strict=True):
            assert close(entry, known, 1e-12), got


def test_a_tie_is_shared_and_not_differentiated() -> None:
    assert hessian_of("max(x, y)^2", values={"x": 2, "y": 2}) == [[0.5, 0.5], [0.5, 0.5]]


@given(st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_forward_mode_over_the_backward_program_gives_the_columns(seed: int) -> None:
    example = random_program(seed, statements=8)
    found = trace(example.source, values=example.values)
    nodes = leaves_of(found)
    matrix = find_hessian(found, found.output_nodes[0], nodes).matrix
    backward = build_backward(found, found.output_nodes[0])
    table = list_locals(backward.program, backward.values, rules_for(found.conventions))
    size = max([1.0, *(abs(entry) for row in matrix for entry in row)])
    for column, leaf in enumerate(nodes):
        tangents = run_tangent(backward.program, table, {leaf: 1.0})
        for row, other in enumerate(nodes):
            assert close(tangents[backward.gradients[other]], matrix[row][column], 1e-12, size)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_input_has_a_result(operation: Operation) -> None:
    for point in at_the_ends(operation):
        values = dict(zip(operand_names(operation), point.operands, strict=True))
        found = trace(f"f = 2 * ({call_of(operation, {})})", values=values)
        result = find_hessian(found, found.output_nodes[0], leaves_of(found))
        assert len(result.matrix) == len(leaves_of(found))
        backward = BackwardTrace(found, found.output_nodes[0])
        assert len(backward.statements) >= 1
        assert len(backward.edges) >= 1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x^2 + y^2", "Curves up in every direction here."),
        ("-x^2 - y^2", "Curves down in every direction here."),
        ("x^2 - y^2", "Curves up in 1 direction and down in 1 here, as a saddle does."),
        ("x^2 + y^2 - z^2 + w", "Curves up in 2 directions, down in 1 and not at all in 1 here, as a saddle does."),
        ("(x + y)^2", "Curves up in 1 direction and is flat in 1 here."),
        ("2 x + 3 y", "Does not curve here: every second derivative is 0."),
        ("x^2", "Curves up here."),
        ("-x^2", "Curves down here."),
        ("sqrt(x - 1)", "A second derivative is not finite here."),
    ],
)
def test_curvature_in_words(source: str, sentence: str) -> None:
    found = trace(source)
    assert find_hessian(found, found.output_nodes[0], leaves_of(found)).curvature == sentence


def test_nine_leaves_have_no_sentence_and_fifty_one_are_too_many() -> None:
    found = trace(" + ".join(f"x{number}^2" for number in range(51)))
    nodes = leaves_of(found)
    assert find_hessian(found, found.output_nodes[0], nodes[:8]).curvature
    assert find_hessian(found, found.output_nodes[0], nodes[:9]).curvature is None
    assert len(find_hessian(found, found.output_nodes[0], nodes[:50]).eigenvalues) == 50
    with pytest.raises(UserError, match=r"51 leaves .* limit is 50, set by CHAINRULE_MAX_HESSIAN_LEAVES"):
        find_hessian(found, found.output_nodes[0], nodes)
    assert find_hessian(found, found.output_nodes[0], nodes, Limits(max_hessian_leaves=51)).nodes == tuple(nodes)
