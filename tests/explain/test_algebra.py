"""The simplifier: what it folds, what it leaves, and that what it prints reads back as the same formula."""

from __future__ import annotations

import math
import random

import pytest

from app.explain.algebra import add, divide, factored, multiply, negate, number, power
from app.explain.printing import Formula
from app.explain.rule_terms import literal_term, operation_term
from app.explain.term_text import term_text
from app.explain.terms import MAX_SIZE, ZERO, Name, Term, TermTooLargeError
from app.language.constants import constant_text
from app.language.parser import parse
from app.language.positions import Positions


def read(text: str) -> Term:
    """An expression of our language as a term, simplified on the way."""
    program = parse(text)
    positions = Positions(program.prepared)
    terms: list[Term] = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is not None:
            operands = [terms[each] for each in program.operands(node)]
            terms.append(operation_term(operation, operands, program.attributes(node)))
        elif program.is_leaf(node):
            terms.append(Name(program.leaves[node]))
        else:
            terms.append(literal_term(constant_text(program, ~program.first[node], positions)))
    return terms[program.roots[-1]]


@pytest.mark.parametrize(
    ("given", "simple"),
    [
        ("1 * x", "x"),
        ("0 * x + y", "y"),
        ("x - x", "0"),
        ("x + x", "2 * x"),
        ("-(-x)", "x"),
        ("x * -1 * -1", "x"),
        ("x^1 * y^0", "x"),
        ("x^2 * x", "x^3"),
        ("x / x", "1"),
        ("x * y / x", "y"),
        ("(x^2)^3", "x^6"),
        ("1/2 * 2 * x", "x"),
        ("1/2 * x", "1/2 * x"),
        ("0.3 * 2 * x", "0.6 * x"),
        ("2 * x / 4", "1/2 * x"),
        ("3 * x / 4", "3 * x / 4"),
        ("1 / (2 * x)", "1 / (2 * x)"),
        ("-(x / y)", "-(x / y)"),
        ("-(t - y)", "-(t - y)"),
        ("2 * (t - y) * -1/2", "-(t - y)"),
        ("(t - y) * (y - t)", "-(t - y)^2"),
        ("-y + t", "t - y"),
        ("y * (1 - y)", "y * (1 - y)"),
        ("a - (b - c)", "a - (b - c)"),
        ("exp(t) * s", "s * exp(t)"),
        ("x^(y - 1) * y", "y * x^(y - 1)"),
        ("2 * pi * r", "2 * pi * r"),
        ("leaky_relu(x, slope=0.2) * 3", "3 * leaky_relu(x, slope=0.2)"),
    ],
)
def test_simplified_as_a_textbook_prints_it(given: str, simple: str) -> None:
    assert term_text(read(given)) == simple


@pytest.mark.parametrize(
    ("given", "simple"),
    [
        ("2 * w * x + 2 * w * y", "2 * w * (x + y)"),
        ("2 * x * y + 3 * y^4", "2 * x * y + 3 * y^4"),
        ("1 / (a + b) - p / (a + b)", "(1 - p) / (a + b)"),
        ("-(1 / (1 + y)) - t / (1 + y)", "-((1 + t) / (1 + y))"),
        ("-x - y", "-(x + y)"),
        ("x", "x"),
    ],
)
def test_common_factors_where_that_is_shorter(given: str, simple: str) -> None:
    assert term_text(factored(read(given))) == simple


def test_the_empty_sum_is_zero() -> None:
    assert add() == ZERO
    assert multiply(number(3), ZERO, Name("x")) == ZERO


def test_terms_are_bounded() -> None:
    names = [Name(f"x{index}") for index in range(MAX_SIZE + 1)]
    assert add(*names[:MAX_SIZE]).size == MAX_SIZE
    with pytest.raises(TermTooLargeError):
        add(*names)


def test_random_formulas_keep_their_value() -> None:
    numbers = random.Random(7)
    for _ in range(300):
        text = _formula(numbers, 4)
        names = {name: numbers.uniform(0.3, 2.0) for name in "abc"}
        try:
            simple = term_text(factored(read(text)))
        except TermTooLargeError:
            continue
        exact = Formula(text).value(names)
        if math.isfinite(exact) and abs(exact) < 1e6:
            assert Formula(simple).value(names) == pytest.approx(exact, rel=1e-7, abs=1e-7), (text, simple)
            assert term_text(read(simple)) == simple, (text, simple)


def _formula(numbers: random.Random, depth: int) -> str:
    if depth == 0 or numbers.random() < 0.15:
        return numbers.choice(["a", "b", "c", "1", "2", "1/2", "0.5", "3"])
    one, other = _formula(numbers, depth - 1), _formula(numbers, depth - 1)
    shapes = ["({} + {})", "({} - {})", "({} * {})", "({} / (2 + {}^2))", "(-{} + {})", "exp({}) * {}", "({})^2 + {}"]
    return numbers.choice(shapes).format(one, other)


def test_quotients_and_powers() -> None:
    x, y = Name("x"), Name("y")
    assert term_text(divide(negate(x), y)) == "-(x / y)"
    assert term_text(power(multiply(x, y), number(-2))) == "1 / (x^2 * y^2)"
    assert term_text(multiply(power(x, y), power(x, number(2)))) == "x^(y + 2)"
