"""Calls of one's own functions as groups: names, nesting, places, sharing."""

from __future__ import annotations

import pytest

from app import trace
from app.errors import UserError

NEURON = "neuron(w, x, b) = sigmoid(w*x + b)\nf = neuron(a, b, c) + neuron(c, b, a)"


def test_each_call_makes_a_group() -> None:
    result = trace(NEURON)
    assert [(g.id, g.name, g.op, g.title, g.group, g.operands, g.output) for g in result.groups] == [
        ("g0", "neuron", None, "neuron", None, ("n0", "n1", "n2"), "n5"),
        ("g1", "neuron", None, "neuron", None, ("n2", "n1", "n0"), "n8"),
    ]
    assert [group.value for group in result.groups] == [result.values[5], result.values[8]]
    assert [node.group for node in result.nodes] == [None] * 3 + ["g0"] * 3 + ["g1"] * 3 + [None]


def test_composites_open_inside_calls_and_calls_nest() -> None:
    source = "n(w, x) = sigmoid(w x); layer(x) = n(a, x) + n(b, x); f = layer(c)"
    assert [(g.title, g.group) for g in trace(source).groups] == [("layer", None), ("n", "g0"), ("n", "g0")]
    assert [(g.title, g.group) for g in trace(source, expand="*").groups] == [
        ("layer", None), ("n", "g0"), ("Sigmoid", "g1"), ("n", "g0"), ("Sigmoid", "g3"),
    ]  # fmt: skip


def test_a_name_of_a_function_in_expand_changes_nothing() -> None:
    assert trace(NEURON, expand=["neuron"]).nodes == trace(NEURON).nodes
    assert len(trace(NEURON, expand=["neuron", "sigmoid"]).groups) == 4
    with pytest.raises(UserError, match="There is no composite `neurone`"):
        trace(NEURON, expand=["neurone"])


def test_gates_of_a_body_stand_in_the_definition_and_the_group_at_the_call() -> None:
    result = trace(NEURON, expand="*")
    texts = [NEURON[node.span.start : node.span.end] for node in result.nodes if node.group == "g0" and node.span]
    assert texts == ["w*x", "w*x + b"]
    assert [NEURON[group.span.start : group.span.end] for group in result.groups] == [
        "neuron(a, b, c)", "sigmoid(w*x + b)", "neuron(c, b, a)", "sigmoid(w*x + b)",
    ]  # fmt: skip


def test_what_a_body_takes_from_outside_are_the_last_operands() -> None:
    (group,) = trace("g(t) = t k; f = g(x)").groups
    assert [edge.source for edge in group.edges] == list(group.operands) == ["n1", "n0"]


def test_literals_of_a_body_keep_their_text() -> None:
    result = trace("g(t) = 1/2 t + 2.50; f = g(x) + g(2)")
    assert [node.label for node in result.nodes if node.kind == "constant"] == ["1/2", "2.50", "2", "1/2", "2.50"]


def test_labels_outside_of_a_call_come_first() -> None:
    result = trace("g(t) = (t + 1)^2; f = (x + 2) g(y)^2")
    assert {node.label for node in result.nodes if node.group is None and node.op} == {"s0", "s2", "f"}
    assert [node.label for node in result.nodes if node.group and node.op] == ["s3", "s1"]


def test_sharing_merges_equal_calls() -> None:
    source = "g(t) = t^2; h(t) = t^2; f = g(x) + g(x) + h(x)"
    result = trace(source, share=True)
    assert [group.name for group in result.groups] == ["g", "h"]
    assert result.leaf_gradients() == trace(source).leaf_gradients() == {"x": 6}
