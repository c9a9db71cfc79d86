"""A program as LaTeX and as Python: it reads back as the same graph with the same numbers, and the Python runs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from app import trace
from app.export.program_latex import faithful, program_latex
from app.export.program_python import program_python
from app.language.notation import print_program
from app.language.parser import parse
from app.language.program import Program
from app.lessons import lessons, scalar_lessons
from app.operations import OPERATIONS
from tests.language.programs import programs
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text

Writer = Callable[[Program, Mapping[str, float] | None], str]
WRITERS: tuple[Writer, ...] = (program_latex, program_python, print_program)
SOURCES = [pytest.param(lesson.program, id=lesson.slug) for lesson in scalar_lessons()]


def shape(program: Program) -> tuple[object, ...]:
    """The nodes of a program by operation and operands, whatever its names and wherever its literals are kept."""
    bodies = [(len(one.parameters), sorted(one.body.ops)) for one in program.functions.values()]
    return sorted(program.ops), len(program.ops), sorted(map(repr, program.wide.values())), bodies


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12) or one == other or (math.isnan(one) and math.isnan(other))


def assert_same(source: str, text: str) -> None:
    assert shape(parse(source))[:2] == shape(parse(text))[:2], text
    before, after = trace(source), trace(text)
    assert close(before.values[before.output_nodes[0]], after.values[after.output_nodes[0]]), text
    ours, theirs = (sorted(one.leaf_gradients().values(), key=repr) for one in (before, after))
    assert len(ours) == len(theirs), text


def run(code: str, values: Mapping[str, float]) -> float:
    """What the last function of a Python text gives for these parameters."""
    with np.errstate(all="ignore"):
        return float(_function(code)(**values))


def _function(code: str) -> Callable[..., Any]:
    space: dict[str, Any] = {}
    exec(code, space)
    found: Callable[..., Any] = [one for one in space.values() if callable(one)][-1]
    return found


def _values(case: Case) -> list[str]:
    return [f"{name} = {array.tolist()}" for name, array in zip(PROGRAM_NAMES, arrays_of(case), strict=False)]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("write", WRITERS)
def test_every_lesson_reads_back(source: str, write: Writer) -> None:
    text = write(parse(source), None)
    assert_same(source, text)
    assert shape(parse(source)) == shape(parse(text))


@pytest.mark.parametrize("source", SOURCES)
def test_the_python_of_every_lesson_runs(source: str) -> None:
    result = trace(source)
    code = program_python(parse(source))
    assert close(run(code, {}), result.values[result.output_nodes[0]])


@given(programs())
@settings(max_examples=300)
def test_random_programs_read_back(source: str) -> None:
    for write in WRITERS:
        assert_same(source, write(parse(source), None))


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if not (one.infix or one.name == "where")], ids=lambda one: one.name
)
def test_every_operation_keeps_its_identity(operation) -> None:  # type: ignore[no-untyped-def]
    operands = ", ".join(f"0.{number} * x" for number in range(2, 2 + max(len(operation.operands), operation.least)))
    settings_given = "".join(f", {name}=0.375" for name in operation.attributes)
    source = f"x = 0.75\nf = 2 * {operation.name}({operands}{settings_given}) + x"
    for write in WRITERS:
        again = parse(write(parse(source), None))
        assert sorted(again.ops) == sorted(parse(source).ops)
        assert [wide[1] for wide in again.wide.values()] == [wide[1] for wide in parse(source).wide.values()]


def test_most_operations_are_written_as_in_textbooks() -> None:
    assert {"exp", "sigmoid", "div", "pow", "max", "where", "abs", "sqrt", "relu"} <= faithful()
    assert "square" not in faithful()  # `x^{2}` is a power


def test_the_lecture_neuron() -> None:
    source = "f = sigmoid(w0 x0 + w1 x1 + w2); w0 = 2; x0 = -1"
    assert program_latex(parse(source)) == (
        "\\begin{aligned}\n"
        "  f &= \\sigma\\left(w_{0} x_{0} + w_{1} x_{1} + w_{2}\\right) \\\\\n  w_{0} &= 2 \\\\\n  x_{0} &= -1\n"
        "\\end{aligned}"
    )
    assert program_python(parse(source)) == (
        "import math\n\n\ndef sigmoid(x):\n    return 1 / (1 + math.exp(-x))\n\n\n"
        "def f(w1, x1, w2, w0=2, x0=-1):\n    f = sigmoid(w0 * x0 + w1 * x1 + w2)\n    return f\n"
    )


def test_values_win_over_the_programs_own() -> None:
    program = parse("f = w * x; w = 2")
    assert print_program(program, {"w": 0.5, "x": 3}) == "f = w * x\nw = 0.5\nx = 3"
    assert program_latex(program, {"w": 0.5, "x": 3}).count("= 0.5") == 1
    assert program_python(program, {"w": 0.5, "x": 3.0}).startswith("def f(w=0.5, x=3.0):")


def test_names_that_would_meet_stay_apart() -> None:
    source = "f = w1 * w_1 + theta * θ + d / (d * x) + lambda * max + e * pi; e = 2"
    for write in WRITERS:
        assert_same(source, write(parse(source), None))
    assert r"\mathrm{w\_1}" in program_latex(parse(source))


def test_functions_of_ones_own_that_use_names_from_outside() -> None:
    source = "neuron(w, x) = sigmoid(w * x + b)\nf = neuron(w1, 2 x) * neuron(w2, 3)\nb = 0.5"
    for write in WRITERS:
        assert_same(source, write(parse(source), None))
    assert close(run(program_python(parse(source)), {"w1": 1.0, "w2": 1.0, "x": 1.0}), trace(source).values[-1])


@pytest.mark.parametrize(
    "source",
    [
        "W = [[1, 2], [3, 4]]\nx = [1, 2]\ny = sum(W @ x) + norm(x)^2 + x[0] * (2 x)[1]",
        "W = [[1], [2]]\nV = [[1, 2]]\nT = [[[1, 2], [3, 4]]]\nx = [3]\nf = sum(V @ W) + sum(T) + sum([a]) + x[0]",
        "W = ones(2, 2)\nf = sum(W, keepdims=True)[0, 0] + sum(W, axis=1, keepdims=True)[1, 0]",
        "f = concat(x, [1, 2], axis=0) @ concat(x, y) + max(x, y, 1)[0]\nx = [1, 2]\ny = [3, 1/2]",
        "layer(W, x, b) = sigmoid(W @ x + b)\nV = W * 2\nf = sum(layer(W, x, 1)) * norm(layer(V, [1, 2], 0))\n"
        "W = eye(2)\nx = [1, 2]",
        "x = [1, 2]\ny = [a, x[1], where(x[0] > 0, 1, 2)]\na = 3\nf = y.T @ y + sum(x^-2) + trace(outer(x, x))",
        "W = normal(3, 2, seed=4)\nt = [0, 1]\nx = [1, 2, 3]\n"
        "f = cross_entropy(x @ W, t) + nll(log_softmax(x @ W), t) + logsumexp(W)",
        "W = ones(2, 2)\nf = sum(W.T @ W, axis=0)[0] + sum(reshape(W, 4)) + sum(softmax(W, axis=0) * W)",
    ],
)
def test_tensors_read_back(source: str) -> None:
    for write in WRITERS:
        text = write(parse(source), None)
        assert sorted(parse(text).ops) == sorted(parse(source).ops), text
        before, after = trace(source), trace(text)
        assert float(before.values[before.output_nodes[0]]) == float(after.values[after.output_nodes[0]])


@pytest.mark.parametrize(
    "source",
    [
        *(pytest.param(one.program, id=one.slug) for one in lessons() if one not in scalar_lessons()),
        *(
            pytest.param("\n".join([f"f = sum({operation_text(case)})", *_values(case)]), id=str(case))
            for case in (*WHOLE, *ENTRYWISE)
        ),
    ],
)
def test_every_lesson_and_operation_of_tensors_reads_back_and_its_numpy_runs(source: str) -> None:
    before = trace(source)
    value, gradients = before.values[before.output_nodes[0]], before.leaf_gradients()
    for write in WRITERS:
        text = write(parse(source), None)
        assert sorted(parse(text).ops) == sorted(parse(source).ops), text
        after = trace(text)
        np.testing.assert_allclose(after.values[after.output_nodes[0]], value, rtol=1e-12, err_msg=text)
        again = after.leaf_gradients()
        for name, gradient in gradients.items():
            np.testing.assert_allclose(np.asarray(again[name]), np.asarray(gradient), rtol=1e-11, atol=1e-14)
    assert close(run(program_python(parse(source)), {}), float(value))


def test_a_layer_in_numpy() -> None:
    source = "E = half_sse(sigmoid(W @ x + b), t)\nW = [[1, -2], [0.5, 1/4]]\nx = [1, 2]\nt = [0, 1]\nb = zeros(2)"
    assert program_python(parse(source)) == (
        "import numpy as np\n\n\ndef half_sse(y, t):\n    return np.sum(0.5 * (t - y) ** 2)\n\n\n"
        "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n\n\n"
        "def E(\n    W=np.array([[1, -2], [0.5, 1 / 4]]),\n    x=np.array([1.0, 2.0]),\n    b=np.zeros(2),\n"
        "    t=np.array([0.0, 1.0]),\n):\n"
        "    E = half_sse(sigmoid(W @ x + b), t)\n    return E\n"
    )


def test_a_tensor_among_the_values_makes_a_program_of_numpy() -> None:
    code = program_python(parse("f = x * y"), {"x": [1.0, 2.0], "y": 3.0})
    assert "def f(x=np.array([1.0, 2.0]), y=3.0):" in code
    assert np.array_equal(_function(code)(), [3.0, 6.0])
