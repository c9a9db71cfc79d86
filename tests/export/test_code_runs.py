"""Flat code is run in every target that is installed, and gives every value and gradient of the graph."""

from __future__ import annotations

import pytest

from app import trace
from app.export.code import write_code
from app.lessons import Lesson, scalar_lessons
from app.operations import OPERATIONS, TIES, Conventions, Operation
from app.operations.conventions import Ties
from app.operations.templates import fill, fill_variadic
from tests.engine.programs import random_program
from tests.export.running import LANGUAGES, check, needs, run
from tests.operations.points import Point, draw, on_kinks, operand_names

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
every_lesson = pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)


@in_every_language
@every_lesson
def test_every_lesson_gives_the_gradients_of_the_graph(lesson: Lesson, language: str) -> None:
    needs(language)
    code = check(trace(lesson.program), language)
    assert not code.remarks


@pytest.mark.parametrize("language", ["python", "torch"])
@every_lesson
def test_every_lesson_with_its_composites_opened_does_too(lesson: Lesson, language: str) -> None:
    needs(language)
    check(trace(lesson.program, expand=["*"]), language)


@in_every_language
@every_operation
def test_every_operation_gives_the_gradients_of_the_graph(operation: Operation, language: str) -> None:
    needs(language)
    for point in draw(operation, 4):
        check(trace(source_of(operation, point)), language, 1e-11)


@in_every_language
@pytest.mark.parametrize("conventions", [Conventions(), Conventions(1.0, "first", 0.5), Conventions(0.5, "both", -1.0)])
@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.kinks], ids=lambda operation: operation.name)
def test_at_kinks_the_code_takes_the_slope_that_the_graph_takes(
    operation: Operation, conventions: Conventions, language: str
) -> None:
    needs(language)
    for point in on_kinks(operation):
        check(trace(source_of(operation, point), conventions=conventions), language)


@in_every_language
@every_operation
def test_every_operation_of_a_literal_works(operation: Operation, language: str) -> None:
    """A literal among the operands is a plain number in the code, which some functions of PyTorch refuse."""
    needs(language)
    names = operand_names(operation)
    point = draw(operation, 1)[0]
    for literal in range(len(names) if len(names) > 1 else 0):
        check(trace(source_of(operation, point, literal)), language, 1e-11)


@in_every_language
@pytest.mark.parametrize("seed", range(8))
def test_random_programs_give_the_gradients_of_the_graph(seed: int, language: str) -> None:
    needs(language)
    example = random_program(seed)
    check(trace(example.source, values=example.values), language, 1e-11)
    check(trace(example.source, values=example.values, share=True, expand=["*"]), language, 1e-10)


@in_every_language
@pytest.mark.parametrize("ties", TIES)
def test_ties_of_many_operands_are_shared_as_chosen(ties: Ties, language: str) -> None:
    needs(language)
    values = "a = 2; b = 2; c = 2; d = 1"
    for formula in ("max(a, b, c) * 3", "max(a, b, a, 2, c)", "min(a, b, a) + max(c, a)", "max(d, a, b, c)"):
        check(trace(f"f = {formula}; {values}", conventions=Conventions(ties=ties)), language)


@in_every_language
def test_a_maximum_of_hundreds_of_operands_runs(language: str) -> None:
    needs(language)
    names = [f"x{number}" for number in range(300)]
    code = check(
        trace(f"f = max({', '.join(names)})", values={name: float(i % 7) for i, name in enumerate(names)}), language
    )
    assert len(code.forward) < 400


@pytest.mark.parametrize("language", ["numpy", "torch", "jax"])
@pytest.mark.parametrize("source", ["f = 1/x; x = 0", "f = log(x) * y; x = 0; y = 2", "f = exp(x); x = 1000"])
def test_infinite_results_are_results_where_the_library_has_them(source: str, language: str) -> None:
    needs(language)
    check(trace(source), language)


@pytest.mark.parametrize(
    "source", ["f = 1/x; x = 0", "f = exp(x); x = 1000", "f = sigmoid(x); x = -1000", "f = x + 1e308 * 10; x = 1"]
)
def test_plain_python_says_that_it_stops_where_others_go_on(source: str) -> None:
    assert write_code(trace(source), "python").remarks
    assert not write_code(trace(source), "numpy").remarks


@in_every_language
@pytest.mark.parametrize(
    "source",
    ["x = 2", "2 + 3", "f = x; x = 3", "const k = 2; f = k * 3", "f = floor(x); x = 2.5", "where(x > 0, 1, 2); x = 3",
     "q = x * 2; y = q + 1; z = q - 1; x = 4", "f = x * x; x = 3", "f = x - x; x = 3", "f = 0 * x + y; x = 1; y = 2",
     "const k = 2; f = sigmoid(k) * x; x = 1",
     "neuron(w, x, b) = sigmoid(w x + b); f = neuron(a, 2, c) + neuron(a, 1, 0)"],
)  # fmt: skip
def test_small_and_odd_programs_run(source: str, language: str) -> None:
    needs(language)
    for expand in ((), ("*",)):
        check(trace(source, expand=expand), language)


def test_code_without_comments_is_the_same_code() -> None:
    found = trace("f = sigmoid(w x) * w; w = 2; x = 0.5")
    plain = write_code(found, comments=False)
    assert "#" not in plain.text
    assert [line.text for line in plain.backward] == [line.text for line in write_code(found).backward]
    assert {name: value for name, value in run(plain).items() if name != "__builtins__" and name != "math"} == {
        name: value for name, value in run(write_code(found)).items() if name != "__builtins__" and name != "math"
    }


def source_of(operation: Operation, point: Point, literal: int | None = None) -> str:
    """A program of one gate whose operands are leaves, but for one that may be a literal."""
    names = operand_names(operation)
    texts = [
        f"({number:.4f})" if position == literal else name
        for position, (name, number) in enumerate(zip(names, point.operands, strict=True))
    ]
    if operation.variadic:
        formula = fill_variadic(operation.notation, texts)
    else:
        numbers = {name: repr(value) for name, value in point.attributes.items()}
        formula = fill(operation.notation, dict(zip(names, texts, strict=True)) | numbers)
    if operation.infix and operation.infix.associativity == "none":
        formula = f"where({formula}, 2 {texts[0]}, {texts[1]}^2)"
    lines = [f"{name} = {number!r}" for name, number in zip(names, point.operands, strict=True) if name in texts]
    return "\n".join([f"out_ = {formula}", *lines])
