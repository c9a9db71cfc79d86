"""Simplified derivatives agree with the engine: in every lesson, in random programs, for every operation."""

from __future__ import annotations

import math

import pytest

from app.engine.named import named_graph
from app.engine.trace import Trace, trace
from app.explain.locals import taken_constants
from app.explain.printing import Formula
from app.explain.steps import MOST_ATOMS, find_steps
from app.explain.term_text import term_text
from app.lessons.load import scalar_lessons
from app.operations import OPERATIONS, Conventions, Operation
from tests.engine.programs import random_program
from tests.operations.points import draw, on_kinks, operand_names


def formulas(traced: Trace) -> dict[str, str]:
    """dtarget/dsource -> its formula, after comparing every one with the engine's number."""
    labels, found = traced.graph.labels, {}
    numbers = {label: traced.values[node] for node, label in labels.items()}
    steps = find_steps(traced)
    edges = {
        (edge.source, edge.target): edge.local
        for edge in named_graph(traced, also=[step.node for step in steps.steps]).edges
    }
    for step in steps.steps:
        for one in steps.locals_of(step):
            text = term_text(one.term)
            value = Formula(text, taken_constants(traced)).value(numbers)
            engine = edges[(f"n{one.source}", f"n{one.target}")]
            where = f"d{labels[one.target]}/d{labels[one.source]} = {text}"
            assert one.value == pytest.approx(engine, rel=1e-9, abs=1e-300, nan_ok=True), where
            if math.isfinite(engine):
                assert value == pytest.approx(engine, rel=1e-9, abs=1e-12), where
            assert len(step.gates) == 1 or one.term.size <= MOST_ATOMS, where
            found[f"d{labels[one.target]}/d{labels[one.source]}"] = text
    return found


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_of_every_lesson(lesson: object) -> None:
    formulas(trace(lesson.program, output=lesson.output))  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(40))
def test_of_random_programs(seed: int) -> None:
    example = random_program(seed)
    formulas(trace(example.source, values=example.values))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_of_every_operation(operation: Operation) -> None:
    names = operand_names(operation)
    for relu, ties, abs_slope in ((0, "split", 0), (1, "first", -1), (0.5, "both", 0.3)):
        conventions = Conventions(relu, ties, abs_slope)  # type: ignore[arg-type]
        for point in [*draw(operation, 6), *on_kinks(operation)]:
            attributes = "".join(f", {name}={value!r}" for name, value in point.attributes.items())
            call = f"{operation.name}({', '.join(names)}{attributes})"
            if operation.infix and operation.infix.associativity == "none":
                call = f"where({names[0]} {operation.infix.symbols[0]} {names[1]}, 1, 0)"
            values = dict(zip(names, point.operands, strict=True))
            for source in (f"out = {call}", f"out = {call}\nf = sin(out) * 2 + {call}"):
                formulas(trace(source, values=values, conventions=conventions))


def test_a_line_is_composed_and_simplified() -> None:
    found = formulas(trace("y = sigmoid(x w)\nE = 1/2*(t - y)^2", values={"t": 1, "x": 0.5, "w": 2}))
    assert found["dE/dy"] == "-(t - y)"
    assert found["dE/dt"] == "t - y"
    assert found["dy/dw"] == "x * y * (1 - y)"


def test_a_line_with_long_derivatives_is_taken_apart() -> None:
    traced = trace("y = x * sin(x * z)\nf = y * gelu(silu(y) * mish(y * x))")
    labels = traced.graph.labels
    steps = [labels[step.node] for step in find_steps(traced).steps]
    assert steps[0] == "s0" or steps[0] == "y"
    assert len(steps) > 4
    assert steps[-1] == "f"


def test_a_program_of_one_line_is_worked_gate_by_gate() -> None:
    traced = trace("f = (x + y) * z")
    assert [traced.graph.labels[step.node] for step in find_steps(traced).steps] == ["s0", "f"]


def test_an_opened_composite_is_worked_gate_by_gate() -> None:
    traced = trace("z = x w\ny = sigmoid(z)", expand=["sigmoid"])
    assert len(find_steps(traced).steps) == 5


def test_calls_of_own_functions_stay_whole() -> None:
    found = formulas(trace("neuron(w, x, b) = sigmoid(w x + b)\nh = neuron(w1, x1, b1)\ny = neuron(w2, h, b2)"))
    assert found["dh/dw1"] == "x1 * h * (1 - h)"


def test_names_that_are_constants_elsewhere() -> None:
    found = formulas(trace("e = a * 2\npi = gelu(e)\nf = pi^2 * e", values={"a": 0.3}))
    assert found["df/dpi"] == "2 * pi * e"
    assert "acos" in found["dpi/de"]


def test_choices_are_made_and_explained() -> None:
    traced = trace("h = relu(z)\nf = max(h, y) * 2", values={"z": 2, "y": -1})
    steps = find_steps(traced)
    [one] = steps.locals_of(steps.steps[0])
    assert (term_text(one.term), one.reasons) == ("1", ("z > 0",))


def test_the_condition_of_a_choice_is_told_as_it_holds() -> None:
    traced = trace("f = where(x > y, x, 2 y)", values={"x": 1, "y": 3})
    steps = find_steps(traced)
    reasons = {reason for one in steps.locals_of(steps.steps[-1]) for reason in one.reasons}
    assert reasons == {"x <= y"}


def test_kinks_are_told_by_the_sentence_of_the_registry() -> None:
    traced = trace("f = relu(z)", values={"z": 0}, conventions=Conventions(1, "split", 0))
    steps = find_steps(traced)
    [one] = steps.locals_of(steps.steps[0])
    assert term_text(one.term) == "1"
    assert "slope chosen for ReLU at 0" in one.remarks[0]
