"""Gradients against a second source, and what must hold for every program."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import Conventions, trace
from tests.engine.programs import random_program


@given(st.integers(0, 10**6))
@settings(max_examples=60)
def test_gradients_match_central_differences(seed: int) -> None:
    example = random_program(seed, kinks=False)
    gradients = trace(example.source, values=example.values).leaf_gradients()
    for name, value in example.values.items():
        step = 1e-5 * max(1.0, abs(value))
        up, down = (
            trace(example.source, values=example.values | {name: value + way * step}).named_values()["f"]
            for way in (1, -1)
        )
        numeric, scale = (up - down) / (2 * step), max(1.0, abs(up), abs(gradients[name] or 0.0))
        assert math.isclose(gradients[name] or 0.0, numeric, rel_tol=1e-5, abs_tol=1e-5 * scale), name


@given(st.integers(0, 10**6))
@settings(max_examples=60)
def test_gradient_is_the_sum_over_outgoing_edges(seed: int) -> None:
    example = random_program(seed)
    result = trace(example.source, values=example.values)
    sums = dict.fromkeys((node.id for node in result.nodes), 0.0)
    for edge in result.edges:
        if edge.local is not None:
            assert edge.upstream is not None
            assert edge.downstream is not None
            assert math.isclose(edge.downstream, edge.upstream * edge.local, rel_tol=1e-12)
            sums[edge.source] += edge.downstream
    sums[result.output] += 1.0
    for node, gradient in zip(result.nodes, result.gradients, strict=True):
        if gradient is not None:
            assert math.isclose(gradient, sums[node.id], rel_tol=1e-9, abs_tol=1e-12)


@given(st.integers(0, 10**6))
@settings(max_examples=60)
def test_opened_gates_and_shared_expressions_have_the_same_gradients(seed: int) -> None:
    example = random_program(seed)
    plain = trace(example.source, values=example.values)
    for other in (
        trace(example.source, values=example.values, expand="*"),
        trace(example.source, values=example.values, share=True),
        trace(example.source, values=example.values, share=True, expand="*"),
    ):
        for name, gradient in plain.leaf_gradients().items():
            assert math.isclose(other.leaf_gradients()[name] or 0.0, gradient or 0.0, rel_tol=1e-7, abs_tol=1e-7)
        assert math.isclose(other.named_values()["f"], plain.named_values()["f"], rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("source", "x", "gradient"),
    [
        ("x * x", 3.0, 6.0), ("x / x", 3.0, 0.0), ("x - x", 3.0, 0.0), ("x + x", 3.0, 2.0),
        ("x^x", 2.0, 4 * (1 + math.log(2))), ("max(x, x)", 3.0, 1.0), ("max(x, x, x)", 3.0, 1.0),
        ("where(x > 0, x, x)", 3.0, 1.0), ("hypot(x, x)", 3.0, math.sqrt(2)),
    ],
)  # fmt: skip
def test_gradient_of_repeated_operand_is_the_sum_over_edges(source: str, x: float, gradient: float) -> None:
    result = trace(source, values={"x": x})
    assert math.isclose(result.leaf_gradients()["x"] or 0.0, gradient, abs_tol=1e-15)
    uses = [edge for edge in result.edges if edge.source == "n0" and edge.target == result.output]
    assert len(uses) == len(result.nodes[-1].operands) - (result.nodes[-1].op == "where")
    assert [edge.operand for edge in uses] == sorted(edge.operand for edge in uses)


def test_rules_are_not_evaluated_for_constant_operands() -> None:
    result = trace("x^2", values={"x": -3})
    assert result.leaf_gradients() == {"x": -6}
    assert result.warnings == []
    assert result.edges[1].local is None


def test_a_tie_is_shared_as_the_convention_says() -> None:
    def edges(ties: str) -> list[float | None]:
        conventions = Conventions(ties=ties)  # type: ignore[arg-type]  # each is one of the three
        result = trace("max(x, y, z)", values={"x": 1, "y": 1, "z": 0}, conventions=conventions)
        return [edge.local for edge in result.edges]

    assert edges("split") == [0.5, 0.5, 0]
    assert edges("first") == [1, 0, 0]
    assert edges("both") == [1, 1, 0]


def test_kinks_take_the_slope_of_the_convention_and_are_reported() -> None:
    source = "relu(x) + abs(x)"
    result = trace(source, values={"x": 0}, conventions=Conventions(relu_at_zero=1.0, abs_at_zero=-1.0))
    assert result.leaf_gradients() == {"x": 0}
    assert [(kink.code, kink.node) for kink in result.kinks] == [("relu_at_zero", "n1"), ("abs_at_zero", "n2")]
    assert trace(source, values={"x": 0}).leaf_gradients() == {"x": 0}
    assert trace(source, values={"x": 1}).kinks == []
    assert trace(source, values={"x": 0}, conventions=Conventions(relu_at_zero=0.5)).leaf_gradients() == {"x": 0.5}


def test_no_negative_zero_reaches_a_reader() -> None:
    result = trace("0 * -x + relu(-y)", values={"x": 1, "y": 2})
    numbers = [edge.downstream for edge in result.edges] + [edge.local for edge in result.edges]
    assert all(math.copysign(1, number) > 0 for number in numbers if number == 0)
