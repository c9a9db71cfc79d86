"""Gradients against central differences: agreement, its tolerance, and what is said where there is no one slope."""

import math

import pytest

from app import trace
from app.engine.check import Check, check_gradients, step_at
from app.engine.choice import choose_node, choose_nodes
from app.engine.reverse import run_reverse
from app.engine.trace import Trace
from app.errors import UserError
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson
from app.limits import Limits
from app.operations import OPERATIONS, Operation
from tests.operations.points import draw, operand_names


def checks_of(found: Trace, limits: Limits | None = None) -> list[Check]:
    return check_gradients(found, choose_nodes(found.graph, None, None), limits or Limits())


def check_of(source: str, name: str = "x") -> Check:
    found = trace(source)
    return check_gradients(found, [choose_node(found.graph, name, "node")])[0]


@pytest.mark.parametrize("expand", [(), ("*",)])
@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_gradient_of_every_lesson_agrees(lesson: Lesson, expand: tuple[str, ...]) -> None:
    found = trace(lesson.program, output=lesson.output, expand=expand)
    for check in checks_of(found):
        assert check.verdict == "agrees", check
        assert check.difference == pytest.approx(0.0, abs=1e-6 * max(1.0, abs(check.gradient)))


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_inner_node_of_every_lesson_agrees(lesson: Lesson) -> None:
    found = trace(lesson.program, output=lesson.output, expand=["*"])
    program = found.graph.program
    nodes = [node for node in range(len(program.ops)) if not program.is_fixed(node)]
    assert {check.verdict for check in check_gradients(found, nodes)} == {"agrees"}


def test_the_neuron_s_gradient_is_told_to_four_decimals() -> None:
    check = check_of("f = 1 / (1 + exp(-(w0 x0 + w1 x1 + w2))); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3", "w1")
    assert check.message == "Finite difference gives −0.3932."
    assert check.step == pytest.approx(3 * 6.0554544523933395e-06)
    assert check.gradient == pytest.approx(-0.39322386648296376, rel=1e-14)
    assert check.numeric == pytest.approx(check.gradient, abs=1e-10)
    assert check.difference == check.numeric - check.gradient
    assert 0.0 < check.tolerance < 1e-8


@pytest.mark.parametrize("factor", [1.001, 0.999, -1.0, 0.0])
def test_a_wrong_gradient_differs(factor: float) -> None:
    found = trace("f = sigmoid(w x) + exp(w / 3); w = 0.7; x = -1.3")
    found.gradients[found.graph.program.names["w"]] = factor * (found.gradients[0] or 0.0)
    check = checks_of(found)[0]
    assert check.verdict == "differs"
    assert check.message.startswith("Finite difference gives ")
    assert ", differs by " in check.message


def test_a_wrong_gradient_differs_at_a_flat_place_too() -> None:
    found = trace("f = x^3 - 3 x; x = 1")
    found.gradients[0] = 0.01
    assert checks_of(found)[0].verdict == "differs"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_rule_of_the_registry_agrees_inside_its_domain(operation: Operation) -> None:
    names = operand_names(operation)
    for point in draw(operation, 4):
        attributes = "".join(f", {name}={value!r}" for name, value in point.attributes.items())
        call = f"{operation.name}({', '.join(names)}{attributes})"
        if operation.infix is not None and operation.infix.associativity == "none":
            call = f"where({names[0]} {operation.infix.symbols[0]} {names[1]}, {names[0]}, {names[1]})"
        elif operation.name == "where":
            call = f"where({names[0]} > 0, {names[1]}, {names[2]})"
        for check in checks_of(trace(f"f = 3 {call} + 1", values=dict(zip(names, point.operands, strict=True)))):
            assert check.verdict == "agrees", (call, point, check)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "f = 3 relu(x); x = 0",
            "A kink: the slope is 0.0000 on the left and 3.0000 on the right; the gradient is 0.0000 by convention.",
        ),
        (
            "f = abs(x); x = 0",
            "A kink: the slope is −1.0000 on the left and 1.0000 on the right; the gradient is 0.0000 by convention.",
        ),
        (
            "f = max(x, y); x = 1; y = 1",
            "A kink: the slope is 0.0000 on the left and 1.0000 on the right; the gradient is 0.5000 by convention.",
        ),
        (
            "f = relu(x) - relu(-x); x = 0",
            "Kinks that cancel: the slope is 1.0000 on both sides; the gradient is 0.0000 by convention.",
        ),
        ("f = floor(x); x = 2", "The output jumps here, so it has no slope; the gradient is 0.0000 by convention."),
        (
            "f = relu(x); x = 1e-6",
            "A kink lies within the step of 6.1·10⁻⁶, so finite difference mixes the slopes of both sides.",
        ),
    ],
)
def test_a_kink_is_told_and_is_not_called_wrong(source: str, message: str) -> None:
    check = check_of(source)
    assert (check.verdict, check.message) == ("kink", message)


def test_a_kink_that_does_not_show_is_not_told() -> None:
    assert check_of("f = 0 relu(x) + x; x = 0").verdict == "agrees"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("f = exp(x); x = 710", "The gradient is ∞, so there is no number to compare."),
        (
            "f = log(x); x = 1e-7",
            "Finite difference gives no number: the output is not finite within the step of 6.1·10⁻⁶.",
        ),
        (
            "f = 1 / x; x = 1e-7",
            "Finite difference gives 2.7·10¹⁰, but its step of 6.1·10⁻⁶ is too coarse here to tell.",
        ),
    ],
)
def test_where_the_step_is_too_coarse_nothing_is_called_wrong(source: str, message: str) -> None:
    check = check_of(source)
    assert (check.verdict, check.message) == ("unclear", message)


def test_cancellation_is_allowed_for() -> None:
    check = check_of("f = (1e8 + x) - 1e8; x = 1")
    assert check.verdict == "agrees"
    assert abs(check.difference) > 1e-5
    assert check.message.endswith(", as close as rounding lets it come.")


@pytest.mark.parametrize("value", [1e-9, 0.0, 1e9, -1e300])
def test_squares_agree_at_every_size(value: float) -> None:
    assert check_of(f"f = 2 x; x = {value!r}").verdict == "agrees"
    if abs(value) < 1e100:
        assert check_of(f"f = x^2; x = {value!r}").verdict == "agrees"


def test_the_seed_scales_both_sides() -> None:
    plain, scaled, none = (checks_of(trace("f = x^3; x = 2", seed=seed))[0] for seed in (1.0, -0.5, 0.0))
    assert scaled.gradient == -0.5 * plain.gradient
    assert scaled.numeric == pytest.approx(-0.5 * plain.numeric)
    assert {plain.verdict, scaled.verdict, none.verdict} == {"agrees"}


def test_the_step_balances_what_it_cuts_off_and_what_rounding_leaves() -> None:
    assert step_at(0.0) == pytest.approx(2.220446049250313e-16 ** (1 / 3))
    assert step_at(-50.0) == 50 * step_at(1.0)


def test_leaves_in_batches_give_what_each_gives_alone() -> None:
    source = "f = " + " + ".join(f"sin(a{i} b{i}) max(a{i}, b{i - 1 if i else 1})" for i in range(6))
    values = {f"{name}{i}": 0.3 * i - 0.7 + 0.1 * (name == "b") for i in range(6) for name in "ab"}
    found = trace(source, values=values)
    nodes = choose_nodes(found.graph, None, None)
    assert check_gradients(found, nodes) == [check_gradients(found, [node])[0] for node in nodes]


def test_a_limit_bounds_the_work() -> None:
    found = trace("f = x y + z")
    with pytest.raises(UserError, match="30 runs of a gate, 2 gates at 15 points; the limit is 29") as caught:
        checks_of(found, Limits(max_gate_runs=29))
    assert caught.value.kind == "limit"
    assert len(checks_of(found, Limits(max_gate_runs=30))) == 3


def test_constants_are_not_checked() -> None:
    found = trace("const c = 2; f = c x; x = 3")
    assert [check.label for check in checks_of(found)] == ["x"]


def test_a_trace_is_left_as_it_was() -> None:
    found = trace("f = relu(x) y; x = 1; y = 2")
    before = [*found.values]
    checks_of(found)
    assert found.values == before
    assert run_reverse(found.graph.program, found.values, found.graph.output_nodes[0], 1.0, found._rules) == [
        gradient or 0.0 for gradient in found.gradients
    ]
    assert all(math.isfinite(value) for value in found.values)
