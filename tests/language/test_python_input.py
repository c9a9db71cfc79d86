"""Python is read: the lecture's flat code, functions, reassignments, libraries; what cannot be read is told."""

from __future__ import annotations

import pytest

from app import trace
from app.language.notation import print_program
from app.language.parser import parse
from tests.language.reading import marked, problems

FLAT = """
import math

def f(w0, x0, w1, x1, w2):
    \"\"\"A sigmoid neuron.\"\"\"
    # forward
    s0 = w0 * x0
    s1 = w1 * x1
    s2 = s0 + s1
    s3 = s2 + w2
    L = 1 / (1 + math.exp(-s3))
    # backward
    grad_L = 1.0
    grad_s3 = grad_L * (1 - L) * L
    grad_w2 = grad_s3
    grad_w0 = grad_s3 * x0
    grad_w0 += 0
    return L

print(f(2.0, -1.0, -3.0, -2.0, -3.0))
"""


def rewritten(source: str) -> str:
    """The program in our notation."""
    return print_program(parse(source))


def remarks(source: str) -> list[str]:
    """The codes of what is worth a word."""
    translation = parse(source).prepared.translation
    return [remark.code for remark in translation.remarks] if translation else []


def test_the_flat_code_of_the_lecture() -> None:
    result = trace(FLAT)
    gradients = result.leaf_gradients()
    assert round(result.named_values()["L"], 2) == 0.73
    assert {name: round(value or 0, 2) for name, value in gradients.items()} == {
        "w0": -0.2, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.2,
    }  # fmt: skip
    assert remarks(FLAT) == ["left-out"]
    assert parse(FLAT).prepared.notation == "python"


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("def f(x, y):\n    return np.maximum(x, 0) * y", "f = max(x, 0) * y"),
        ("y = np.exp(x) + torch.sigmoid(x) + F.relu(x) + math.pi", "y = exp(x) + sigmoid(x) + relu(x) + pi"),
        ("y = jnp.power(x, 2) + torch.nn.functional.softplus(x)", "y = x^2 + softplus(x)"),
        ("x = torch.tensor(2.0, requires_grad=True)\ny = x ** 2", "x = 2.0\ny = x^2"),
        ("x = np.array([3.0])\nw = float(2)\ny = w * x", "x = 3.0\nw = 2\ny = w * x"),
        ("import numpy as xp\ny = xp.sin(x)", "y = sin(x)"),
        ("from math import exp\ny = exp(x)", "y = exp(x)"),
        ("y = math.exp(x)\na, b = 1, 2", "y = exp(x)\na = 1\nb = 2"),
        ("s = 0.0\ns += w * x\ns *= 2 + s", "s = 0.0\ns1 = s + w * x\ns2 = s1 * (2 + s1)"),
        ("x = 2.0\nx = x * 3\ny = math.exp(x)", "x = 2.0\nx1 = x * 3\ny = exp(x1)"),
        ("o = n.tanh() + (a * b).exp()\nn = 0.5\na = 1", "o = tanh(n) + exp(a * b)\nn = 0.5\na = 1"),
        ("y = F.leaky_relu(x, 0.2) + F.leaky_relu(x, negative_slope=0.3)",
         "y = leaky_relu(x, slope=0.2) + leaky_relu(x, slope=0.3)"),
        ("y = x if x > 0 else 0.1 * x if x > -1 else math.e", "y = where(x > 0, x, where(x > -1, 0.1 * x, e))"),
        ("def sigmoid(x):\n    return 1.0 / (1.0 + np.exp(-x))\ny = sigmoid(w * x)", "y = sigmoid(w * x)"),
        ("def sigmoid(x):\n    return 2 / (1 + np.exp(-x))\ny = sigmoid(w) + sigmoid(x)",
         "sigmoid1(x) = 2 / (1 + exp(-x))\ny = sigmoid1(w) + sigmoid1(x)"),
        ("def g(x): return x ** 2\ny = g(3 * x) + g(2)", "g(x) = x^2\ny = g(3 * x) + g(2)"),
        ("f = lambda x: x ** 2 + np.sin(x)\ny = f(3.0)", "x = 3.0\ny = x^2 + sin(x)"),
        ("def f(x, w=2.0):\n    z = w * x\n    return z\nf(3.0)", "x = 3.0\nw = 2.0\nz = w * x"),
        ("def f(x):\n    z = 2 * x\n    return z + 1\na = 1.5\ny = f(a)\nq = y ** 2",
         "a = 1.5\nx = a\nz = 2 * a\ny = z + 1\nq = y^2"),
        ("x: float = 2.0\ny: float = x ** 2", "x = 2.0\ny = x^2"),
        ("def f(e, x):\n    return e * x", "f = e1 * x"),
        ("x = y = 2.0\nf = math.exp(x * y)", "y = 2.0\nx = 2.0\nf = exp(x * y)"),
        ("import math\nw = 1_000\ny = w ** -1 + abs(w) + pow(w, 2)", "w = 1000\ny = w^(-1) + abs(w) + w^2"),
        ("x = 2.0\ny = x**2\ny.backward()\nprint(x.grad)", "x = 2.0\ny = x^2"),
        ("W = np.array([[1, 2], [3, 4]])\ny = np.sum(W.T @ x, axis=0) + x[0]",
         "W = [[1, 2], [3, 4]]\ny = sum(W.T @ x, axis=0) + x[0]"),
        ("y = np.sum(np.sum(W, axis=1, keepdims=True) / W)", "y = sum(sum(W, axis=1, keepdims=True) / W)"),
        ("if __name__ == '__main__':\n    y = math.exp(x)", "y = exp(x)"),
    ],
)  # fmt: skip
def test_constructs(source: str, ours: str) -> None:
    assert rewritten(source) == ours


@pytest.mark.parametrize(
    ("source", "code", "part"),
    [
        ("x = 1.0\nfor i in range(3):\n    x = x * 2\ny = math.exp(x)", "python", "for i in range(3):"),
        ("def f(x):\n    if x > 0:\n        x = 1\n    return x * 2", "python", "if x > 0:"),
        ("class Net(nn.Module):\n    pass\ny = math.exp(x)", "python", "class Net(nn.Module):"),
        ("y = np.einsum(w, x)", "needs-tensors", "np.einsum"),
        ("import math\nx[0] = 3\ny = 2 * x", "needs-tensors", "x[0]"),
        ("import math\ny = x // 2", "unknown-character", "//"),
        ("import math\ny = x % 2", "unknown-character", "%"),
        ("import math\ny = x ^ 2", "unknown-character", "^"),
        ("import math\ny = 2j * x", "number", "2j"),
        ("import math\ny = 'text' * x", "text-value", "'text'"),
        ("import math\ny = (x + 1", "unclosed-bracket", "("),
        ("import math\ny = x + 1)", "unopened-bracket", ")"),
        ("import math\ny = f(x, 1)\ndef f(a):\n    b = a\n    return b * 2", "wrong-arity", "1"),
        ("import math\ny = math.sigmod(x)", "unknown-operation", "math.sigmod"),
        ("def f(x", "python", "def f(x"),
        ("import math\na, b = math.sin(x)", "python", "a, b = math.sin(x)"),
    ],
)
def test_what_cannot_be_read_is_told_where_it_stands(source: str, code: str, part: str) -> None:
    found = problems(source)
    assert [problem.code for problem in found] == [code]
    assert marked(source, found[0]) == part
    assert found[0].hint


def test_a_function_of_several_lines_is_written_once() -> None:
    source = "def g(a):\n    b = a * 2\n    return b + 1\ny = g(x) + g(2)"
    assert [problem.code for problem in problems(source)] == ["function-of-several-lines"] * 2


def test_a_fresh_name_is_told() -> None:
    source = "s = 0.0\ns += w * x\nL = math.exp(s)"
    assert remarks(source) == ["renamed"]
    warning = trace(source).warnings[0]
    assert warning.message == "`s` gets a new value here; from this line on it is `s1`."
    assert warning.span is not None
    assert source[warning.span.start : warning.span.end] == "s"
    assert warning.span.line == 2


def test_places_are_those_of_the_text_as_sent() -> None:
    source = "def f(x, w=torch.tensor(-0.5)):\n    s = np.tanh(w * x)  # gate\n    return s"
    result = trace(source)
    parts = {node.op or node.name: source[node.span.start : node.span.end] for node in result.nodes if node.span}
    assert parts["tanh"] == "np.tanh(w * x)"
    assert parts["mul"] == "w * x"
    values = {node.name: node.value_span for node in result.nodes if node.value_span}
    assert {name: source[span.start : span.end] for name, span in values.items()} == {"w": "-0.5"}


@pytest.mark.parametrize(
    "source",
    [
        "f = x * y\nx = 2", "f(x, y) = x y", "returned = x + 1", "imports x", "define = 2 x", "math = 3\ny = math * x",
        "np.5 x", "x = .5; y = 2.x", "forx = 2\ny = forx iff", "s = a + -b", "where(a >= b, a, b) + 1",
        "leaky_relu(x, slope=0.1)", "y = 2 x  # import math, def f(x):",
    ],
)  # fmt: skip
def test_our_notation_is_never_taken_for_python(source: str) -> None:
    assert [problem.code for problem in problems(source) if problem.code == "python"] == []
    if not problems(source):
        assert parse(source).prepared.notation == "chainrule"
