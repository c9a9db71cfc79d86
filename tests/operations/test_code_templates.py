"""Templates are filled without tearing what is put in, and tell where brackets are needed."""

from __future__ import annotations

import pytest

from app.operations.templates import fill, fill_variadic, in_brackets, nest, nest_variadic, placeholders


def test_placeholders_are_listed_in_order_with_repeats() -> None:
    assert placeholders(r"\frac{#x}{#y} + #x") == ("x", "y", "x")
    assert placeholders("max(#*)") == ("*",)


def test_fill_replaces_whole_names_and_never_looks_at_what_it_put_in() -> None:
    assert fill("#x + #x1", {"x": "#x1", "x1": "b"}) == "#x1 + b"


def test_fill_refuses_a_name_without_text() -> None:
    with pytest.raises(KeyError):
        fill("#x + #y", {"x": "a"})


@pytest.mark.parametrize("code", ["x", "s_1", "2", "0.5", "1e-3", "math.exp(x)", "np.maximum(f(x), (y))", "math.pi"])
def test_names_numbers_and_calls_stay_without_brackets(code: str) -> None:
    assert in_brackets(code) == code


@pytest.mark.parametrize("code", ["-x", "-2", "x + y", "f(x) + g(y)", "(x)", "f(x).T", "x if y else z", "1 / f(x)"])
def test_everything_else_gets_brackets(code: str) -> None:
    assert in_brackets(code) == f"({code})"


def test_quotients_nest() -> None:
    assert nest("#x / #y", {"x": "q", "y": "1 / (1 + math.exp(-p))"}) == "q / (1 / (1 + math.exp(-p)))"


def test_templates_for_two_operands_are_applied_from_the_left() -> None:
    assert fill_variadic("m(#a, #b)", ["p", "q", "r"]) == "m(m(p, q), r)"
    assert nest_variadic("#a & #b", ["p", "q + 1", "r"]) == "(p & (q + 1)) & r"


def test_templates_for_all_operands_separate_them_by_commas() -> None:
    assert fill_variadic("max(#*)", ["p", "q", "r"]) == "max(p, q, r)"
    assert nest_variadic("max(#*)", ["p", "q + 1"]) == "max(p, q + 1)"
