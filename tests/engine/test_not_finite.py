"""Overflow, division by zero and logarithms of negatives are results, each with its first place and a reason."""

from __future__ import annotations

import math

import pytest

from app import trace
from app.operations import OPERATIONS

BEYOND = ", and the result is beyond the largest 64-bit float, about 1.8·10³⁰⁸."

REASONS = [
    ("log(x)", {"x": 0}, "log(x) is −∞ here because x is 0."),
    ("log(x)", {"x": -2}, "log(x) is not a number here because x is −2."),
    ("x / y", {"x": 1, "y": 0}, "x / y is ∞ here because y is 0."),
    ("x / y", {"x": 0, "y": 0}, "x / y is not a number here because x is 0 and y is 0."),
    ("1 / (x - x)", {"x": 2}, "1 / (x - x) is ∞ here because x - x is 0."),
    ("sqrt(x - 1)", {"x": 0}, "sqrt(x - 1) is not a number here because x - 1 is −1."),
    ("exp(x)", {"x": 800}, f"exp(x) is ∞ here because x is 800{BEYOND}"),
    ("x * x", {"x": 1e200}, f"x * x is ∞ here because x is 1e+200{BEYOND}"),
    ("x^-1", {"x": 0}, "x^(-1) is ∞ here because x is 0."),
    ("x^0.5", {"x": -8}, "x^0.5 is not a number here because x is −8."),
    ("x^y", {"x": 10, "y": 400}, f"x^y is ∞ here because x is 10 and y is 400{BEYOND}"),
    ("asin(x)", {"x": 2}, "asin(x) is not a number here because x is 2."),
    ("atanh(x)", {"x": 1}, "atanh(x) is ∞ here because x is 1."),
    ("x + 1e400", {"x": 1}, "1e400 is ∞ because that is its value."),
    ("2 x", {"x": math.inf}, "x is ∞ because that is its value."),
    ("floor(x)", {"x": math.nan}, "x is not a number because that is its value."),
    ("sqrt(x)", {"x": 0}, "The slope of sqrt(x) with respect to x is ∞ here because x is 0."),
    ("cbrt(x)", {"x": 0}, "The slope of cbrt(x) with respect to x is ∞ here because x is 0."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "values", "reason"), REASONS)
def test_first_place_that_is_not_finite_has_a_reason(source: str, values: dict[str, float], reason: str) -> None:
    warnings = trace(source, values=values).warnings
    assert [warning.message for warning in warnings] == [reason]
    assert warnings[0].node is not None
    assert warnings[0].span is not None


def test_only_the_first_node_is_blamed() -> None:
    result = trace("a = log(x); b = exp(a) + 1/a; f = b * a", values={"x": 0})
    assert [(warning.code, warning.node) for warning in result.warnings] == [("not-finite", "n1")]


@pytest.mark.parametrize("x", [0.0, -0.0, -1.0, 1e308, -1e308, 5e-324, math.inf, -math.inf, math.nan, 800.0, -800.0])
def test_no_function_raises_anywhere(x: float) -> None:
    for operation in OPERATIONS:
        count = 3 if operation.variadic else len(operation.operands)
        source = f"{operation.name}({', '.join('xyz'[:count])})"
        if operation.infix and operation.infix.associativity == "none":
            source = f"where({operation.notation.replace('#', '')}, x, y)"
        for y in (0.0, x, 2.0):
            values = {"x": x, "y": y, "z": 1.0}
            known = {name: value for name, value in values.items() if name in source.split("(", 1)[1]}
            result = trace(source, values=known)
            assert all(isinstance(value, float) for value in result.values)
            assert len(result.edges) >= count
            assert result.warnings is not None
            assert result.kinks is not None


def test_a_node_off_the_path_spoils_no_gradient() -> None:
    result = trace("g = sqrt(x) + log(x); f = 3x", values={"x": 0})
    assert result.leaf_gradients() == {"x": 3}
    assert all(edge.downstream == 0 for edge in result.edges if edge.target in ("n1", "n2", "n3"))


def test_an_open_form_that_breaks_down_is_told() -> None:
    result = trace("f = softplus(x)", values={"x": 800}, expand=["softplus"])
    closed = result.groups[0]
    assert closed.value == 800
    assert "open-form" in [warning.code for warning in result.warnings]


def test_warnings_name_both_readings_of_a_doubtful_product() -> None:
    messages = {
        "1/2x": "`1/2x` is read as `(1/2)x`; the other reading is `1/(2x)`.",
        "a/b c": "`a/b c` is read as `(a/b) c`; the other reading is `a/(b c)`.",
        "x/2(y + 1)": "`x/2(y + 1)` is read as `(x/2)(y + 1)`; the other reading is `x/(2(y + 1))`.",
        "a/(b)c": "`a/(b)c` is read as `(a/(b))c`; the other reading is `a/((b)c)`.",
        "e^2x": "`e^2x` is read as `(e^2)x`; the other reading is `e^(2x)`.",
    }
    for source, message in messages.items():
        assert [warning.message for warning in trace(source).warnings] == [message]


@pytest.mark.parametrize("source", ["(1/2)x", "x^2 y", "x^n y", "2x/3", "1/2 * x", "(a/b) c", "x y/z"])
def test_clear_products_have_no_warning(source: str) -> None:
    assert trace(source).warnings == []


def test_a_name_that_is_a_function_is_told_when_it_has_no_value() -> None:
    assert [warning.code for warning in trace("exp + x").warnings] == ["function-name"]
    assert trace("exp + x; exp = 2").warnings == []
