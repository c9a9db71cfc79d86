"""Calls of one's own functions give the numbers of the program with the formulas written out, open or closed."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from app import trace
from app.operations import Conventions

VALUES = {"a": 0.7, "b": -1.3, "c": 2.1}

# A program with functions of its own, and the same with their formulas written out.
CASES = [
    (
        "neuron(w, x, b) = sigmoid(w*x + b)\nf = neuron(a, b, c) + neuron(c, b, a)",
        "f = sigmoid(a*b + c) + sigmoid(c*b + a)",
    ),
    (
        "n(w, x) = tanh(w x + c); layer(x) = n(a, x) n(b, x); f = layer(layer(c))",
        "p = tanh(a c + c) * tanh(b c + c); f = tanh(a p + c) * tanh(b p + c)",
    ),
    ("g(x, y) = x y^2 + x; f = g(a, a) g(b, a b) + c", "f = (a a^2 + a) * (b * (a b)^2 + b) + c"),
    ("q = a b; g(x) = x q + c; f = g(q) + g(2) + q", "q = a b; f = q q + c + (2 q + c) + q"),
    ("g(x) = softplus(x) + silu(x) + max(x, 0, a); f = g(a b) g(c)",
     "f = (softplus(a b) + silu(a b) + max(a b, 0, a)) * (softplus(c) + silu(c) + max(c, 0, a))"),
    ("id(x) = x; g(x, y) = id(x)^2 + leaky_relu(y, slope=0.3); f = g(id(a), b) c",
     "f = (a^2 + leaky_relu(b, slope=0.3)) c"),
    ("const c = 3; g(x, y) = x y; f = g(a, c) + g(b, 2)", "const c = 3; f = a c + b * 2"),
]  # fmt: skip


@pytest.mark.parametrize("expand", [(), "*"], ids=["composites closed", "composites open"])
@pytest.mark.parametrize(("source", "inlined"), CASES, ids=[case[0] for case in CASES])
def test_calls_agree_with_the_formulas_written_out(source: str, inlined: str, expand: str) -> None:
    one, other = trace(source, values=VALUES, expand=expand), trace(inlined, values=VALUES, expand=expand)
    assert math.isclose(one.named_values()["f"], other.named_values()["f"], rel_tol=1e-12)
    found, expected = one.leaf_gradients(), other.leaf_gradients()
    assert found.keys() == expected.keys()
    for name, gradient in expected.items():
        assert found[name] == (None if gradient is None else pytest.approx(gradient, rel=1e-12, abs=1e-12))


@pytest.mark.parametrize("source", [case[0] for case in CASES])
def test_a_closed_call_passes_on_what_its_gates_do(source: str) -> None:
    """What the wires into an open group carry, and what those of the closed gate carry: the same for each node."""
    result = trace(source, values=VALUES, seed=-1.5)
    parents = {group.id: group.group for group in result.groups}
    homes = {node.id: node.group for node in result.nodes}

    def is_inside(node: str, group: str) -> bool:
        home = homes[node]
        while home is not None and home != group:
            home = parents[home]
        return home == group

    assert result.groups
    for group in result.groups:
        opened: dict[str, float] = defaultdict(float)
        closed: dict[str, float] = defaultdict(float)
        for edge in result.edges:
            if is_inside(edge.target, group.id) and not is_inside(edge.source, group.id):
                opened[edge.source] += edge.downstream or 0.0
        for edge in group.edges:
            assert edge.target == group.id
            closed[edge.source] += edge.downstream or 0.0
        assert {source for source, _ in opened.items()} <= set(group.operands)
        assert dict(opened) == pytest.approx({node: closed[node] for node in opened}, rel=1e-12, abs=1e-12)


def test_each_operand_of_a_closed_call_has_its_own_local_gradient() -> None:
    (group,) = trace("g(x, y) = x y^2; f = g(a, a)", values={"a": 3}).groups
    assert group.operands == ("n0", "n0")
    assert [edge.local for edge in group.edges] == [9, 18]


def test_nothing_is_differentiated_by_constant_operands() -> None:
    (group,) = trace("const c = 3; g(x, y, z) = x y z; f = g(a, c, 2)").groups
    assert [edge.local for edge in group.edges] == [6, None, None]


def test_an_operand_that_the_formula_does_not_use_has_the_local_gradient_zero() -> None:
    (group,) = trace("g(x, y) = x^2; f = g(a, b)", values={"a": 3}).groups
    assert [edge.local for edge in group.edges] == [6, 0]


def test_conventions_hold_inside_calls() -> None:
    source = "g(x) = relu(x) + max(x, 0) + abs(x); f = g(a)"
    given = Conventions(relu_at_zero=0.25, ties="both", abs_at_zero=0.5)
    result = trace(source, values={"a": 0}, conventions=given)
    assert [edge.local for edge in result.groups[0].edges] == [1.75]
    assert result.leaf_gradients() == {"a": 1.75}
    assert {kink.code for kink in result.kinks} == {"relu_at_zero", "ties", "abs_at_zero"}


def test_the_first_number_that_is_not_finite_is_told_inside_a_call() -> None:
    result = trace("g(x) = log(x) + 1; f = g(a)", values={"a": 0})
    assert [warning.code for warning in result.warnings] == ["not-finite"]
