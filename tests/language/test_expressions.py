"""How expressions are read: precedence, implied products, numbers, names, letters of all kinds."""

from __future__ import annotations

import math

import pytest

from app import trace
from app.language.parser import parse
from tests.language.reading import codes, latex, notation, print_program

READINGS = [
    # precedence and associativity, as the registry states them
    ("x - y - z", "x - y - z"),
    ("x - (y - z)", "x - (y - z)"),
    ("x / y / z", "x / y / z"),
    ("x / (y * z)", "x / (y * z)"),
    ("x^y^z", "x^y^z"),
    ("(x^y)^z", "(x^y)^z"),
    ("x**y", "x^y"),
    ("-x^2", "-x^2"),
    ("(-x)^2", "(-x)^2"),
    ("2^-x", "2^(-x)"),
    ("2^-x*y", "2^(-x) * y"),
    ("2^-x^2", "2^(-x^2)"),
    ("-x*y", "-x * y"),
    ("-(x*y)", "-(x * y)"),
    ("x*-y", "x * -y"),
    ("--x", "-(-x)"),
    ("+x", "x"),
    ("x + +y", "x + y"),
    ("x - -y", "x - -y"),
    # implied products
    ("2x", "2 * x"),
    ("2(x+1)", "2 * (x + 1)"),
    ("(x+y)z", "(x + y) * z"),
    ("(a)(b)", "a * b"),
    ("w0 x0", "w0 * x0"),
    ("(x)2", "x * 2"),
    ("2 sin(x) y", "2 * sin(x) * y"),
    ("x^2 y", "x^2 * y"),
    ("-2x", "-2 * x"),
    ("a/b c", "a / b * c"),
    ("1/2x", "1/2 * x"),
    # calls
    ("max(a, b, c)", "max(a, b, c)"),
    ("ln(x) + σ(x)", "log(x) + sigmoid(x)"),
    ("leaky_relu(x, slope=0.1)", "leaky_relu(x, slope=0.1)"),
    ("leaky_relu(x, slope=1/10)", "leaky_relu(x, slope=0.1)"),
    ("where(x > y, x, y + 1)", "where(x > y, x, y + 1)"),
    ("where((x) <= 2, 0, x)", "where(x <= 2, 0, x)"),
    ("add(x, y)", "x + y"),
    ("exp (x)", "exp(x)"),
    # e and powers
    ("e^x", "exp(x)"),
    ("e^-(x)", "exp(-x)"),
    ("x^e", "x^e"),
    ("pi x", "pi * x"),
    ("π x", "π * x"),
    # other letters and signs
    ("x·y × z ⋅ w ∗ v", "x * y * z * w * v"),
    ("x ÷ y", "x / y"),
    ("x − y", "x - y"),
    ("x²", "x^2"),
    ("x⁻¹ y", "x^(-1) * y"),
    ("½ x", "1/2 * x"),
    ("where(x ≤ 1, x, 0)", "where(x <= 1, x, 0)"),
]


@pytest.mark.parametrize(("source", "reading"), READINGS, ids=lambda text: str(text))
def test_expression_is_read_as(source: str, reading: str) -> None:
    assert notation(source) == reading


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("-2^2", -4), ("2^-1", 0.5), ("2^3^2", 512), ("7 - 2 - 1", 4), ("8/4/2", 1), ("2e3x", 2000), ("2e", 2 * math.e),
        ("2e x", 2 * math.e), (".5 + 3. + 1e-3 + 2E2", 203.501), ("0^0", 1), ("e^2", math.exp(2)), ("e = 2; e^x", 2),
        ("pi", math.pi), ("π", math.pi), ("1/2x", 0.5), ("a/b c", 1), ("6/2(1+2)", 9), ("-x^2", -1),
    ],
)  # fmt: skip
def test_value_where_every_name_is_one(source: str, value: float) -> None:
    result = trace(source)
    assert math.isclose(result.values[result.output_nodes[0]], value)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("w₀", "w0"), ("w_{10}", "w10"), ("w₁₀", "w10"), ("w10", "w10"), ("w_0", "w_0"), ("w_new", "w_new"),
        ("x'", "x'"), ("x″", "x''"), ("θ1", "θ1"), ("𝑥", "x"), ("ｘ１", "x1"), ("𝐖", "W"), ("ϑ", "θ"), ("e\u0301", "é"),
        ("λ", "λ"),
        ("lambda", "lambda"), ("sum", "sum"), ("ﬁ", "fi"), ("_a", "_a"), ("__proto__", "__proto__"),
        ("constructor", "constructor"), ("input", "input"), ("const", "const"),
    ],
)  # fmt: skip
def test_names_that_are_one_name(written: str, name: str) -> None:
    assert list(parse(f"2 * {written}").names) == [name]


def test_the_same_name_in_two_spellings_is_one_leaf() -> None:
    assert list(parse("w₁₀ + w_{10} + w10").names) == ["w10"]


def test_literals_alone_are_one_constant_labelled_as_typed() -> None:
    labels = [node.label for node in trace("x * (1/2) + 2*pi/3 * y - 3").nodes if node.kind == "constant"]
    assert labels == ["1/2", "2*pi/3", "3"]


def test_literals_apart_stay_apart() -> None:
    assert [node.label for node in trace("2 + x + 2").nodes if node.kind == "constant"] == ["2", "2"]


@pytest.mark.parametrize("text", ["x +\ny", "(x\n+ y)", "x + # why\n\n  y", "f =\nx + y", "(x + y\n)", "max(x,\ny)"])
def test_a_trailing_operator_or_an_open_bracket_goes_on(text: str) -> None:
    assert codes(text) == []
    assert len(parse(text).targets) == 1


def test_brackets_over_lines_are_spaces() -> None:
    assert notation("(x * y\n + z)") == "x * y + z"
    assert notation("(x\n y)") == "x * y"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("1/(1+e^-(w0 x0 + w1 x1 + w2))", r"\frac{1}{1 + e^{-(w_{0} x_{0} + w_{1} x_{1} + w_{2})}}"),
        ("(x+y)*z", "(x + y) z"),
        ("x * -2", r"x \cdot (-2)"),
        ("x*(y+1)", r"x \cdot (y + 1)"),
        ("(x+1)*(y+1)", "(x + 1) (y + 1)"),
        ("x*2", r"x \cdot 2"),
        ("2*3^x", r"2 \cdot 3^{x}"),
        ("1/2*(y-t)^2", r"\tfrac{1}{2} (y - t)^{2}"),
        ("(a/b)^2", r"\left(\frac{a}{b}\right)^{2}"),
        ("(e^x)^2", "(e^{x})^{2}"),
        ("a + (-b)", "a + (-b)"),
        ("a - (b + c)", "a - (b + c)"),
        ("-(a*b)", "-(a b)"),
        ("max(a, b, c)", r"\max\left(a, b, c\right)"),
        ("sigmoid(x + 1)", r"\sigma\left(x + 1\right)"),
        ("sqrt(x/y)", r"\sqrt{\frac{x}{y}}"),
        ("loss * rate", r"\mathrm{loss}\,\mathrm{rate}"),
        ("alpha β θ1 w_new x' h1_0", r"\alpha \beta \theta_{1} w_{\mathrm{new}} x' h_{1,0}"),
        ("2e3 x + 1e-3 y", r"2 \cdot 10^{3} x + 10^{-3} y"),
        ("leaky_relu(x, slope=0.1)", r"\operatorname{LeakyReLU}_{0.1}\left(x\right)"),
        ("2 pi x", r"2 \pi x"),
    ],
)  # fmt: skip
def test_latex_has_brackets_only_where_needed(source: str, printed: str) -> None:
    assert latex(source) == printed


@pytest.mark.parametrize("source", ["-[1, 2] w", "[1, 2] w", "2 - [1, 2] w", "x.T y", "-x.T y", "W[0] x"])
def test_a_factor_behind_a_square_bracket_leaves_it_closed(source: str) -> None:
    printed = print_program(parse(source))
    assert parse(printed).ops == parse(source).ops
    assert trace(f"{source}; x = [1, 2]; y = [1, 2]; w = 2; W = [[1, 2]]").statements[0].latex
