"""Composites opened into groups, and equal sub-expressions merged."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app import UserError, trace
from app.limits import DEFAULT_LIMITS
from app.operations import OPERATIONS


def test_an_open_composite_leaves_a_group_that_is_its_closed_gate() -> None:
    closed = trace("f = sigmoid(x y)", values={"x": 2, "y": -1})
    result = trace("f = sigmoid(x y)", values={"x": 2, "y": -1}, expand=["sigmoid"])
    (group,) = result.groups
    assert (group.id, group.op, group.title, group.group, group.name) == ("g0", "sigmoid", "Sigmoid", None, "f")
    assert (group.operands, group.output) == (("n2",), result.output)
    assert (group.value, group.gradient) == (closed.values[-1], 1.0)
    gate = closed.edges[-1]
    assert [(e.source, e.target, e.local, e.upstream, e.downstream) for e in group.edges] == [
        ("n2", "g0", gate.local, gate.upstream, gate.downstream)
    ]
    assert [node.group for node in result.nodes] == [None, None, None, "g0", "g0", "g0", "g0", "g0", "g0"]


def test_closed_composites_are_one_node() -> None:
    assert [node.op for node in trace("sigmoid(tanh(x))", expand=["tanh"]).nodes].count("sigmoid") == 1


def test_aliases_and_star_open_too() -> None:
    assert len(trace("σ(x)", expand=["σ"]).groups) == 1
    assert [group.op for group in trace("silu(x) + softplus(x)", expand="*").groups] == ["silu", "sigmoid", "softplus"]


def test_groups_nest_outer_before_inner() -> None:
    result = trace("bce_logits(x, t)", expand="*")
    assert [(group.op, group.group) for group in result.groups] == [
        ("bce_logits", None), ("sigmoid", "g0"), ("bce", "g0"),
    ]  # fmt: skip
    assert {node.group for node in result.nodes} == {None, "g1", "g2"}


def test_only_what_was_asked_for_is_opened_inside_too() -> None:
    result = trace("silu(x)", expand=["silu"])
    assert [node.op for node in result.nodes if node.op] == ["sigmoid", "mul"]
    assert [node.group for node in result.nodes] == [None, "g0", "g0"]


def test_attributes_become_constants_inside() -> None:
    result = trace("elu(x, alpha=0.5)", values={"x": -1}, expand=["elu"])
    assert "0.5" in [node.label for node in result.nodes if node.kind == "constant"]
    assert result.groups[0].attributes == {"alpha": 0.5}
    assert math.isclose(result.values[-1], 0.5 * (math.exp(-1) - 1))


def test_what_is_inside_is_marked_where_the_composite_is_written() -> None:
    source = "y = 2; f = y * sigmoid(x)"
    result = trace(source, expand="*")
    inside = {source[node.span.start : node.span.end] for node in result.nodes if node.group and node.span}
    assert inside == {"sigmoid(x)"}


def test_the_echo_is_of_the_program_as_written() -> None:
    result = trace("f = sigmoid(x)", expand="*")
    assert [statement.latex for statement in result.statements] == [r"f = \sigma\left(x\right)"]
    assert result.statements[0].node == result.output
    assert result.statements[0].parts[-1].node == result.output


def test_a_composite_of_a_constant_operand_asks_for_no_gradient_there() -> None:
    result = trace("bce(p, 1)", values={"p": 0.5}, expand="*")
    assert [edge.local for edge in result.groups[0].edges][1] is None
    assert result.leaf_gradients() == {"p": -2}


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.composite], ids=lambda o: o.name)
def test_every_composite_opens_to_the_same_value_and_gradients(operation: object) -> None:
    names = "xyz"[: len(getattr(operation, "operands"))]  # noqa: B009  # the parameter's type is for pytest alone
    domain = getattr(operation, "domain")  # noqa: B009
    values = {name: low + 0.3 * (high - low) for name, (low, high) in zip(names, domain, strict=True)}
    source = f"f = {getattr(operation, 'name')}({', '.join(names)}) * 3"  # noqa: B009
    closed, opened = trace(source, values=values), trace(source, values=values, expand="*")
    assert math.isclose(closed.values[-1], opened.values[-1], rel_tol=1e-9, abs_tol=1e-12)
    for name in names:
        assert math.isclose(
            closed.leaf_gradients()[name] or 0.0, opened.leaf_gradients()[name] or 0.0, rel_tol=1e-9, abs_tol=1e-12
        )


def test_too_many_nodes_are_refused_before_they_are_made() -> None:
    limits = replace(DEFAULT_LIMITS, max_nodes=7)
    trace("sigmoid(x)", limits=limits, expand=["sigmoid"])
    with pytest.raises(UserError, match="has 13 nodes; the limit is 7") as caught:
        trace("sigmoid(sigmoid(x))", limits=limits, expand=["sigmoid"])
    assert caught.value.kind == "limit"


def test_sharing_merges_equal_sub_expressions_as_typed() -> None:
    source = "a = sin(x y) + 2; b = sin(x y) + 2; f = a b + y x + 2"
    plain, shared = trace(source), trace(source, share=True)
    assert [node.op for node in shared.nodes if node.op] == ["mul", "sin", "add", "mul", "mul", "add", "add"]
    assert len(plain.nodes) == len(shared.nodes) + 5
    assert shared.named_values() == plain.named_values()
    assert shared.leaf_gradients() == plain.leaf_gradients()


def test_sharing_keeps_constants_of_different_values_apart() -> None:
    result = trace("x * 2 + y * 3 + z * 2.0 + w * 0 + v * -0", share=True)
    assert [node.label for node in result.nodes if node.kind == "constant"] == ["2", "3", "0", "-0"]


def test_sharing_keeps_attributes_apart() -> None:
    result = trace("leaky_relu(x, slope=0.1) + leaky_relu(x, slope=0.2) + leaky_relu(x, slope=0.1)", share=True)
    assert [node.op for node in result.nodes].count("leaky_relu") == 2


def test_shared_and_opened_nodes_keep_their_places() -> None:
    source = "a = sigmoid(x); f = a + sigmoid(x)"
    result = trace(source, share=True, expand="*")
    assert len(result.groups) == 1
    assert all(node.span is not None for node in result.nodes)
    assert [node.label for node in result.nodes][-2:] == ["a", "f"]
