"""Statements: names, value lines anywhere, roles, outputs, the cases that were decided."""

from __future__ import annotations

import math

import pytest

from app import Trace, trace
from app.language.parser import parse
from tests.language.reading import codes


def kinds(result: Trace) -> dict[str, str]:
    return {node.label: node.kind for node in result.nodes if node.kind != "operation"}


@pytest.mark.parametrize(
    "source",
    [
        "x = -2; y = 5; f = x y",
        "f = x y\nx = -2\ny = 5",
        "x = -2 # two\r\nf = x y\r\ny = 5",
        ";;\nf = x y; x = -2;; y = 5;",
    ],
)
def test_value_lines_may_stand_anywhere(source: str) -> None:
    result = trace(source)
    assert result.named_values() == {"x": -2, "y": 5, "f": -10} | result.named_values()
    assert result.defaulted == ()
    assert result.leaf_gradients() == {"x": 5, "y": -2}


def test_a_name_whose_right_side_holds_no_name_is_a_leaf() -> None:
    result = trace("x = pi/2; y = exp(1); f = x*y")
    assert kinds(result) == {"x": "input", "y": "input"}


def test_values_of_the_request_win() -> None:
    assert trace("x = 2; f = 3x", values={"x": 5}).named_values()["f"] == 15


def test_a_leaf_without_a_value_is_one_and_is_reported() -> None:
    result = trace("x = 3; f = x*y + z")
    assert result.defaulted == ("y", "z")
    assert result.named_values()["f"] == 4


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("q = x + y\nf = q z", "f"), ("f = x y\nx = 3", "f"), ("q = x y\nq + 1", "f"), ("x = 3", "x"),
        ("q = x^2\nf = q", "q"), ("x", "x"), ("f(x, y) = x y\nx = 3", "f"), ("f = x; out = 2f; x + out", "L"),
    ],
)  # fmt: skip
def test_output_is_the_last_statement_that_is_not_only_a_value(source: str, output: str) -> None:
    result = trace(source)
    assert next(node.label for node in result.nodes if node.id == result.output) == output


def test_statements_that_do_not_lead_to_the_output_have_gradient_zero() -> None:
    result = trace("g = log(z); f = x^2", values={"x": 3, "z": 0})
    gradients = dict(zip([node.label for node in result.nodes], result.gradients, strict=True))
    assert gradients == {"z": 0, "g": 0, "x": 6, "2": None, "f": 1}


def test_named_output_and_several() -> None:
    assert trace("a = 2x; b = 3x", output="a").leaf_gradients() == {"x": 2}
    result = trace("a = 2x; b = 3x", output=["b", "a"])
    assert (len(result.outputs), result.outputs[0]) == (2, result.output)
    assert result.leaf_gradients() == {"x": 3}


def test_seed_scales_every_gradient() -> None:
    assert trace("x y", values={"x": 2, "y": 3}, seed=10.0).leaf_gradients() == {"x": 30, "y": 20}


def test_roles_are_said_or_inferred() -> None:
    result = trace("input w = 1; param x = 2; const k = 3\nw x k + w0 + W1 + b + b2 + theta + θ1 + w_10 + weight + B")
    assert kinds(result) == {
        "w": "input", "x": "parameter", "k": "constant", "w0": "parameter", "W1": "parameter", "b": "parameter",
        "b2": "parameter", "theta": "parameter", "θ1": "parameter", "w_10": "parameter", "weight": "input",
        "B": "input",
    }  # fmt: skip


def test_a_role_may_be_said_without_a_value() -> None:
    result = trace("\nparam x\n\nf = x^2")
    assert kinds(result) == {"x": "parameter", "2": "constant"}
    assert result.defaulted == ("x",)


def test_nothing_is_differentiated_by_a_constant() -> None:
    result = trace("const n = 2; f = x^n", values={"x": -3})
    assert result.leaf_gradients() == {"n": None, "x": -6}
    assert [(edge.operand, edge.local, edge.downstream) for edge in result.edges] == [(0, -6, -6), (1, None, None)]


def test_what_is_computed_from_constants_alone_is_constant_too() -> None:
    result = trace("const a = 2; f = sin(a + 1) * x")
    assert [node.label for node, gradient in zip(result.nodes, result.gradients, strict=True) if gradient is None] == [
        "a", "1", "s0", "s1",
    ]  # fmt: skip
    assert result.leaf_gradients() == {"a": None, "x": math.sin(3)}


@pytest.mark.parametrize("source", ["input = 3; f = 2 input", "const", "param = x + 1; 2param", "f = input * const"])
def test_role_words_are_names_like_others_elsewhere(source: str) -> None:
    assert codes(source) == []


def test_functions_and_names_live_apart() -> None:
    result = trace("exp = a + b; max = 3; f = exp(exp) + max(max, 1)", values={"a": 0, "b": 0})
    assert result.named_values()["f"] == 4


def test_e_is_a_constant_until_the_program_assigns_it() -> None:
    assert [node.op for node in trace("e^x").nodes if node.op] == ["exp"]
    assert [node.op for node in trace("e = 2; e^x").nodes if node.op] == ["pow"]
    assert [node.op for node in trace("e^x; e = 2").nodes if node.op] == ["pow"]


def test_an_uncalled_definition_is_the_output_and_its_parameters_are_leaves() -> None:
    result = trace("f(x, y, z) = (x + y) z\nx = -2; y = 5; z = -4")
    assert result.named_values()["f"] == -12
    assert result.leaf_gradients() == {"x": -4, "y": -4, "z": 3}
    assert result.statements[0].latex == "f = (x + y) z"


def test_a_parameter_that_is_not_used_is_a_leaf_too() -> None:
    assert trace("f(x, y) = x^2").leaf_gradients() == {"x": 2, "y": 0}


def test_one_more_name_for_a_node_is_no_new_node() -> None:
    result = trace("q = x y; r = q; f = r + q", values={"x": 2, "y": 3})
    assert [node.op for node in result.nodes if node.op] == ["mul", "add"]
    assert result.named_values() == {"x": 2, "y": 3, "q": 6, "r": 6, "f": 12}


def test_a_program_is_one_statement_per_line_or_semicolon() -> None:
    assert parse("a = x; b = a^2\n\n# note\nc = b").targets == ["a", "b", "c"]
