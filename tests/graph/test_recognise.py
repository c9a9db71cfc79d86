"""Composites that a program writes out in primitive gates are found as groups."""

from __future__ import annotations

import math

import pytest

from app import trace
from app.graph.recognise import recognise
from app.language.parser import parse
from app.operations import BY_FUNCTION_NAME, OPERATIONS, Operation

WRITTEN_OUT = [
    ("1 / (1 + exp(-u))", "sigmoid"),
    ("1 / (exp(-u) + 1)", "sigmoid"),
    ("(exp(u) - exp(-u)) / (exp(u) + exp(-u))", "tanh"),
    ("(exp(u) - exp(-u)) / 2", "sinh"),
    ("log(1 + exp(u))", "softplus"),
    ("log(exp(u) + 1)", "softplus"),
    ("u / (1 + abs(u))", "softsign"),
    ("u * sigmoid(u)", "silu"),
    ("sigmoid(u) * u", "silu"),
    ("u * (1 / (1 + exp(-u)))", "silu"),
    ("log(1 / (1 + exp(-u)))", "logsigmoid"),
    ("-(t * log(u) + (1 - t) * log(1 - u))", "bce"),
    ("-((1 - t) * log(1 - u) + t * log(u))", "bce"),
]
NOT_WRITTEN_OUT = [
    "1 / (1 + exp(u))",  # no minus
    "2 / (1 + exp(-u))",
    "1 / (1 + exp(-u)) + exp(-2)",  # only the sigmoid of this, see below
    "(exp(u) - exp(-v)) / (exp(u) + exp(-u))",  # not the same operand
    "u * sigmoid(v)",
    "exp(u) - 1",  # as short as its name
    "(u - t)^2",
]


def written(source: str, output: str | list[str] | None = None) -> list[str | None]:
    return [group.op for group in trace(source, output=output, expand="*").groups if group.written]


@pytest.mark.parametrize(("text", "name"), WRITTEN_OUT)
def test_a_written_out_composite_is_the_closed_gate(text: str, name: str) -> None:
    values = {"u": 0.7, "t": 0.25}
    result = trace(f"f = 3 * ({text})", values={key: values[key] for key in values if key in text}, expand="*")
    group = next(group for group in result.groups if group.op == name)
    assert group.written
    assert group.group is None
    operation = BY_FUNCTION_NAME[name]
    labels = [next(node.label for node in result.nodes if node.id == operand) for operand in group.operands]
    assert labels == (["u", "t"] if len(operation.operands) == 2 else ["u"])
    assert math.isclose(
        group.value, next(v for v, node in zip(result.values, result.nodes, strict=True) if node.id == group.output)
    )
    assert group.gradient == 3
    inside = [node for node in result.nodes if node.group is not None]
    assert group.output in {node.id for node in inside}
    own = [edge for edge in group.edges if edge.source == group.operands[0]]
    assert math.isclose(sum(edge.downstream or 0 for edge in own), result.leaf_gradients()["u"] or 0, rel_tol=1e-12)


@pytest.mark.parametrize("text", NOT_WRITTEN_OUT)
def test_what_is_something_else_is_left_alone(text: str) -> None:
    assert written(f"f = {text}") == (["sigmoid"] if "+ exp(-2)" in text else [])


def _has_a_name_of_its_own(operation: Operation) -> bool:
    """Long enough to be looked for; literals that stand for attributes are tried below."""
    listed = operation.name in ("tanh", "sinh", "cosh", "hypot", "bce", "acosh", "asinh", "atanh")
    return operation.expansion is not None and not operation.attributes and (operation.section == "neural" or listed)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if _has_a_name_of_its_own(one)], ids=lambda one: one.name
)
def test_every_longer_expansion_is_found(operation: Operation) -> None:
    assert operation.name in written(f"result = {operation.expansion}")


def test_attributes_are_read_from_the_literals() -> None:
    result = trace("f = where(x > 0, x, 0.5 * (exp(x) - 1))", values={"x": -1}, expand="*")
    (group,) = [group for group in result.groups if group.written]
    assert (group.op, group.attributes) == ("elu", {"alpha": 0.5})


def test_only_star_looks_for_them() -> None:
    assert trace("f = 1 / (1 + exp(-u))").groups == []
    assert trace("f = 1 / (1 + exp(-u))", expand=["sigmoid"]).groups == []


def test_a_gate_that_is_used_elsewhere_keeps_the_group_apart() -> None:
    assert written("e = exp(-u); f = 1 / (1 + e) + e") == []
    assert written("e = exp(-u); f = 1 / (1 + e)") == ["sigmoid"]


def test_a_gate_inside_that_is_the_output_too() -> None:
    source = "e = exp(-u); f = 1 / (1 + e)"
    assert written(source, output="e") == []
    assert written(source, output=["f", "e"]) == []


def test_a_call_inside_a_written_composite_lies_in_it() -> None:
    result = trace("f = u * sigmoid(u)", expand="*")
    assert [(group.id, group.op, group.group, group.written) for group in result.groups] == [
        ("g0", "silu", None, True), ("g1", "sigmoid", "g0", False),
    ]  # fmt: skip
    assert {node.group for node in result.nodes if node.kind == "operation"} == {"g0", "g1"}


def test_written_composites_nest_outer_before_inner() -> None:
    result = trace("f = tanh(x) + u * (1 / (1 + exp(-u)))", expand="*")
    groups = {group.id: group for group in result.groups}
    assert [group.op for group in result.groups] == ["tanh", "silu", "sigmoid"]
    inner = next(group for group in result.groups if group.op == "sigmoid")
    assert inner.group is not None
    assert groups[inner.group].op == "silu"
    assert all(node.group is None or node.group in groups for node in result.nodes)


def test_inside_a_call_nothing_more_is_found() -> None:
    assert written("f = silu(u)") == []
    assert written("f = sigmoid(u)") == []


def test_numbers_are_those_without_the_groups() -> None:
    source = "f = tanh(a / (1 + exp(-(w * x + b))))"
    plain, grouped = trace(source), trace(source, expand="*")
    assert grouped.leaf_gradients() == pytest.approx(plain.leaf_gradients(), rel=1e-12)


def test_long_programs_cost_a_glance_for_each_node() -> None:
    source = "f = " + " + ".join(f"1 / (1 + exp(-(w{i} * x{i})))" for i in range(300))
    result = trace(source, expand="*")
    assert len(result.groups) == 300
    nested = "u"
    for _ in range(200):
        nested = f"1 / (1 + exp(-({nested})))"
    assert len(trace(f"f = {nested}", expand="*").groups) == 200


def test_a_program_without_groups_stays_as_it_is() -> None:
    program = parse("f = x * y + exp(x)")
    program.group_of = [-1] * len(program.ops)
    recognise(program, (len(program.ops) - 1,))
    assert program.groups == []
